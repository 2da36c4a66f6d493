"""What an article's form is told when an editor looks for a debate or a consultation to set into the text."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from debates import inserting
from newsroom.core.insertions import own_path
from polls.models import Poll
from tests.factories.articles import DraftFactory
from tests.factories.debates import debate_of
from tests.factories.polls import PollFactory

pytestmark = pytest.mark.django_db

ADDRESS = "admin:debates_debate_insertable"
NOW = datetime(2026, 5, 12, 12, 0, tzinfo=ZoneInfo("Europe/Paris"))
B, N = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture
def vaccines():
    return debate_of(question="Faut-il vacciner à l’hôpital ?", slug="vacciner-a-l-hopital")


@pytest.fixture
def nights():
    return PollFactory(question="Combien de gardes, la nuit ?", slug="gardes-de-nuit")


def asked(browser, typed="", **more):
    return browser.get(reverse(ADDRESS), {"q": typed, **more}).json()


def questions(answer):
    return [one["question"] for one in answer["found"]]


@pytest.mark.parametrize("typed", ["hopital", "VACCINÉR hôp", "vacciner-a-l", "l'hopital"])
def test_a_debate_is_found_without_accents_by_its_question_or_its_address(browser_of, editor, vaccines, nights, typed):
    answer = asked(browser_of(editor), typed)

    assert answer == {
        "found": [
            {
                "kind": "Débat",
                "question": f"Faut-il vacciner à l’hôpital{N}?",
                "path": vaccines.get_absolute_url(),
                "state": "votes ouverts",
            }
        ],
        "more": False,
    }


def test_a_consultation_is_found_with_the_address_of_its_own_page(browser_of, editor, vaccines, nights):
    (one,) = asked(browser_of(editor), "gardes")["found"]

    assert (one["kind"], one["path"]) == ("Consultation", nights.get_absolute_url())


def test_what_is_inserted_is_what_the_article_makes_a_box_of(browser_of, editor, vaccines, nights):
    for one in asked(browser_of(editor))["found"]:
        assert own_path(one["path"]) == one["path"]
        story = DraftFactory(body=f'<p>Avant.</p><p><a href="{one["path"]}">{one["question"]}</a></p>')
        assert f'<p class="box insert"><b>{one["kind"]}</b><br><a href="{one["path"]}">' in story.body_html


def test_nothing_typed_is_everything_the_latest_opened_first_and_drafts_last(browser_of, editor, vaccines):
    PollFactory(question="Un brouillon ?", opens_at=None)
    PollFactory(question="Demain ?", opens_at=timezone.now() + timedelta(days=1))

    answer = asked(browser_of(editor))

    assert questions(answer) == [f"Demain{N}?", f"Faut-il vacciner à l’hôpital{N}?", f"Un brouillon{N}?"]
    assert questions(asked(browser_of(editor), "rien de tel")) == []


def test_a_poll_whose_debate_is_not_there_has_no_address_and_is_not_offered(browser_of, editor):
    PollFactory(question="Une orpheline ?", is_part_of_debate=True)

    assert questions(asked(browser_of(editor))) == []


@pytest.mark.parametrize(
    ("opens", "closes", "state"),
    [
        (None, None, f"brouillon{B}: son lien ne mène encore nulle part"),
        (timedelta(hours=3), None, f"ouvre le 12{B}mai 2026 à 15{N}h{B}: avant, son lien ne mène nulle part"),
        (-timedelta(days=1), None, "votes ouverts"),
        (timedelta(0), timedelta(days=1), f"votes ouverts jusqu’au 13{B}mai 2026"),
        (-timedelta(days=3), timedelta(0), f"votes clos le 12{B}mai 2026"),
    ],
)
def test_it_says_what_readers_find_there(editor, opens, closes, state):
    moments = {"opens_at": opens, "closes_at": closes}
    PollFactory(**{name: None if after is None else NOW + after for name, after in moments.items()})

    assert inserting.found(editor, "", 1, NOW)["found"][0]["state"] == state


def test_there_are_ten_a_page_and_each_page_takes_the_same_queries(browser_of, editor):
    PollFactory.create_batch(15)
    browser = browser_of(editor)
    seen, counts = [], []
    for page in (1, 2, 3):
        with CaptureQueriesContext(connection) as queries:
            answer = asked(browser, page=page)
        counts.append(len(queries))
        seen += questions(answer)
        assert answer["more"] is (page == 1)

    assert len(seen) == len(set(seen)) == 15
    assert counts[0] == counts[1] == counts[2]


@pytest.mark.parametrize("page", ["0", "-1", "deux", "9" * 30, "1.5"])
def test_a_page_that_is_no_number_is_not_found(browser_of, editor, page):
    assert browser_of(editor).get(reverse(ADDRESS), {"page": page}).status_code == 404


@pytest.mark.parametrize("typed", ["%", "_", "\\", "'", "x" * 5000, "\N{NO-BREAK SPACE}?", "<b>"])
def test_odd_signs_break_nothing(browser_of, editor, vaccines, typed):
    assert browser_of(editor).get(reverse(ADDRESS), {"q": typed}).status_code == 200


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("lea", 302),
        ("camille", 302),
        ("moderator", 403),
        ("head_moderator", 403),
        ("editor", 200),
        ("chief", 200),
        ("administrator", 200),
    ],
)
def test_whoever_may_change_articles_is_told(client, browser_of, request, role, status):
    browser = browser_of(request.getfixturevalue(role))

    assert browser.get(reverse(ADDRESS)).status_code == status
    assert client.get(reverse(ADDRESS)).status_code == 302
    for method in ("POST", "PUT", "DELETE", "TRACE"):
        # TRACE is refused before anybody looks at who asks.
        assert browser.generic(method, reverse(ADDRESS)).status_code in {405, *({status} - {200})}


def test_what_is_not_open_yet_is_told_to_those_alone_who_see_it_at_the_desk(moderator, vaccines, nights):
    Poll.objects.filter(pk__in=[vaccines.poll_id, nights.pk]).update(opens_at=NOW + timedelta(days=1))
    known = {}
    for right in ("", "view_debate", "view_poll"):
        moderator.user_permissions.set(Permission.objects.filter(codename=right))
        person = type(moderator).objects.get(pk=moderator.pk)
        known[right] = [one["kind"] for one in inserting.found(person, "", 1, NOW)["found"]]
        assert len(inserting.found(person, "", 1, NOW + timedelta(days=2))["found"]) == 2

    assert known == {"": [], "view_debate": ["Débat"], "view_poll": ["Consultation"]}


def test_the_form_holds_the_dialog_outside_of_what_is_saved_and_says_how_it_is_done_by_hand(browser_of, editor):
    page = browser_of(editor).get(reverse("admin:articles_article_change", args=[DraftFactory().pk])).content.decode()

    before, _form, inside = page.partition('id="article_form"')
    assert f'data-insertion="{reverse(ADDRESS)}"' in before
    assert "data-insertion" not in inside
    assert "&lt;p&gt;&lt;a href=&quot;/debats/adresse/&quot;&gt;" in inside
