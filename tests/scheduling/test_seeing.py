"""Seeing what is planned: the switchboard's names, the admin, the command."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch
from django.utils import timezone

from newsroom.scheduling import board
from newsroom.scheduling.models import ScheduledAction
from newsroom.scheduling.planning import plan
from newsroom.taxonomy.models import Specialty
from tests.factories.articles import ArticleFactory
from tests.factories.debates import debate_of

pytestmark = pytest.mark.django_db

LIST = "/admin/scheduling/scheduledaction/"
HOUR = timedelta(hours=1)


@pytest.fixture
def specialty():
    return Specialty.objects.create(name="Gériatrie", slug="geriatrie-du-test")


def given_up(subject_id, kind="tests.refuse"):
    action = plan(kind, subject_id, timezone.now() - HOUR)
    now = timezone.now()
    error = "RuntimeError: rien à faire\n\nTraceback…"
    ScheduledAction.objects.filter(pk=action.pk).update(attempts=8, failed_at=now, last_error=error)
    return action


def page_of(browser, address=LIST):
    response = browser.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_actions_are_called_as_editors_call_them_and_lead_to_their_subject(browser_of, editor, specialty):
    plan("tests.keep", specialty.pk, timezone.now() + HOUR)
    plan("tests.unheard_of", 404_404, timezone.now() + HOUR)
    plan("tests.keep", 505_505, timezone.now() + HOUR)

    page = page_of(browser_of(editor))

    assert "Garder" in page
    assert f'<a href="/admin/taxonomy/specialty/{specialty.pk}/change/">Gériatrie</a>' in page
    # Nothing fails over a kind that the code no longer knows, or a subject that is gone.
    for named in ("tests.unheard_of", "404404", "505505"):
        assert named in page


def test_subjects_without_a_form_of_their_own_are_named(monkeypatch, browser_of, editor, specialty):
    unlisted = board.Action("Garder", ScheduledAction.objects.all(), perform=print)
    monkeypatch.setattr("tests.scheduling.fakes.ACTIONS", {"tests.keep": unlisted})
    action = plan("tests.keep", 1, timezone.now() + HOUR)
    ScheduledAction.objects.update(subject_id=action.pk)
    monkeypatch.setattr("newsroom.scheduling.admin.reverse", no_form)

    assert f">tests.keep {action.pk}</td>" in page_of(browser_of(editor))


def no_form(*_args, **_kwargs):
    raise NoReverseMatch


def test_an_action_is_read_whole_and_changed_by_nobody(browser_of, administrator, specialty):
    action, browser = given_up(specialty.pk), browser_of(administrator)

    page = page_of(browser, f"{LIST}{action.pk}/change/")

    assert "Traceback…" in page
    assert "Gériatrie" in page
    assert browser.get(f"{LIST}add/").status_code == 403
    assert browser.post(f"{LIST}{action.pk}/delete/", {"post": "yes"}).status_code == 403
    assert browser.post(f"{LIST}{action.pk}/change/", {"kind": "x"}).status_code == 403


@pytest.mark.parametrize(("name", "may_see", "may_retry"), [
    ("editor", True, False),
    ("chief", True, True),
    ("administrator", True, True),
    ("moderator", False, False),
    ("lea", False, False),
])  # fmt: skip
def test_editors_see_and_those_who_publish_try_again(request, browser_of, specialty, name, may_see, may_retry):
    action, browser = given_up(specialty.pk), browser_of(request.getfixturevalue(name))

    seen = browser.get(LIST)
    browser.post(LIST, {"action": "try_again", "_selected_action": [str(action.pk)]})

    assert (seen.status_code == 200) is may_see
    if may_see:
        assert ('value="try_again"' in seen.content.decode()) is may_retry
    action.refresh_from_db()
    assert action.is_failed is not may_retry


def test_trying_again_says_of_how_many(browser_of, chief, specialty):
    failed, waiting = given_up(specialty.pk), plan("tests.keep", 1, timezone.now() + HOUR)

    answer = browser_of(chief).post(
        LIST, {"action": "try_again", "_selected_action": [str(failed.pk), str(waiting.pk)]}, follow=True
    )

    [message] = answer.context["messages"]
    assert "1" in str(message)
    waiting.refresh_from_db()
    assert waiting.next_attempt_at == waiting.due_at


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"keep", "refuse", "repeat", "cancel"}),
        ("?state=planned", {"keep"}),
        ("?state=failing", {"repeat"}),
        ("?state=given-up", {"refuse"}),
        ("?state=done", {"cancel"}),
        ("?state=rien", {"keep", "refuse", "repeat", "cancel"}),
        ("?kind=tests.refuse", {"refuse"}),
        ("?q=7", {"keep"}),
    ],
)
def test_the_list_is_narrowed_by_state_kind_and_subject(browser_of, editor, query, shown):
    past = timezone.now() - HOUR
    plan("tests.keep", 7, timezone.now() + HOUR)
    given_up(1)
    plan("tests.repeat", 1, past)
    ScheduledAction.objects.filter(kind="tests.repeat").update(attempts=1, last_error="Non.")
    plan("tests.cancel", 1, past)
    ScheduledAction.objects.filter(kind="tests.cancel").update(attempts=1, done_at=timezone.now())

    rows = browser_of(editor).get(LIST + query).context["cl"].result_list

    assert {action.kind.partition(".")[2] for action in rows} == shown
    assert {action.state for action in rows} <= set(ScheduledAction.State)


def test_the_list_costs_the_same_whatever_its_length(browser_of, editor):
    browser = browser_of(editor)
    numbers = []
    for wanted in (1, 3):
        for number in range(wanted):
            made, _is_new = Specialty.objects.get_or_create(name=f"Spécialité {number}", slug=f"specialite-{number}-x")
            plan("tests.keep", made.pk, timezone.now() + HOUR)
        with CaptureQueriesContext(connection) as queries:
            page_of(browser)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1]


def test_every_kind_of_the_house_has_a_name_and_subjects_that_say_theirs(settings):
    settings.SCHEDULED_ACTIONS = "newsroom.wiring.ACTIONS"
    article, debate = ArticleFactory(title="Un titre"), debate_of(question="Une question ?")
    for kind in ("articles.publish", "debates.open"):
        subject = article if kind.startswith("articles") else debate
        plan(kind, subject.pk, timezone.now() + HOUR)

    planned = board.with_subjects(ScheduledAction.objects.order_by("kind"))

    assert [str(action.subject) for action in planned] == ["Un titre", "Une question ?"]
    for kind, action in board.actions().items():
        assert board.label_of(kind) == str(action.label) != kind
        assert callable(board.action_of(kind).perform)
        # What is fetched exists, and is enough for a name.
        assert all(str(subject) for subject in action.subjects.all())


def table(capsys):
    return [line.split()[-1] for line in capsys.readouterr().out.splitlines()]


def test_the_command_carries_out_what_is_due_and_says_what_is_left(capsys):
    plan("tests.keep", 1, timezone.now() - HOUR)
    plan("tests.keep", 2, timezone.now() + HOUR)
    call_command("carry_out")
    assert table(capsys) == ["1", "0", "0"]

    plan("tests.refuse", 3, timezone.now() - HOUR)
    with pytest.raises(CommandError):
        call_command("carry_out")
    assert table(capsys) == ["0", "1", "0"]

    ScheduledAction.objects.filter(kind="tests.refuse").update(failed_at=timezone.now())
    with pytest.raises(CommandError):
        call_command("carry_out")
    assert table(capsys) == ["0", "0", "1"]
