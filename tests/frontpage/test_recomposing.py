"""Deciding what the home page shows: the verb, its guards, and the desk's page."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from newsroom.frontpage.models import HomeEdition, current_plan
from newsroom.frontpage.recomposing import TURN, StaleHomeError, recompose, take_turn
from newsroom.frontpage.zones import USUAL, DebateSlot, Kind, Plan, Source, completed
from newsroom.scheduling.models import ScheduledAction

HOUR = timedelta(hours=1)
DESK = "/admin/redaction/une/"


def with_zone(kind, **fields):
    zones = [replace(zone, **fields) if zone.kind == kind else zone for zone in USUAL.zones]
    return completed(zones)


TITLED = with_zone(Kind.SPECIALTIES, title="Par discipline")


def facts():
    return list(Event.objects.filter(kind__endswith="HomeComposed").order_by("pk").values_list("payload", flat=True))


def test_a_saved_plan_is_what_readers_see_and_is_told(chief):
    made = recompose(TITLED, chief, number=0)

    assert (made.number, made.saved_by, current_plan()) == (1, chief, TITLED)
    assert facts() == [{"number": 1}]


def test_a_plan_that_is_what_it_was_is_not_saved_again(chief):
    recompose(USUAL, chief, number=0)
    first = recompose(TITLED, chief, number=0)

    assert recompose(TITLED, chief, number=1) == first
    assert HomeEdition.objects.count() == len(facts()) == 1


def test_of_two_editors_the_later_one_is_told(chief, administrator):
    recompose(TITLED, administrator, number=0)

    with pytest.raises(StaleHomeError) as stale:
        recompose(with_zone(Kind.POLL, is_shown=False), chief, number=0)

    assert stale.value.edition.saved_by == administrator
    assert current_plan() == TITLED


def test_an_editor_does_not_decide(editor):
    with pytest.raises(PermissionDenied):
        recompose(TITLED, editor, number=0)


@pytest.mark.parametrize(
    "plan",
    [
        with_zone(Kind.PARTNERS, limit=4),
        with_zone(Kind.PARTNERS, limit=0),
        with_zone(Kind.HOT, source=Source.SPECIALTY, subject=1),
        with_zone(Kind.POLL, source=Source.POLL, subject=999),
        with_zone(Kind.LEAD, source=Source.SELECTION, subject=None),
        with_zone(Kind.SPECIALTIES, source=Source.CHOSEN),
        with_zone(Kind.SPECIALTIES, source=Source.CHOSEN, specialties=(999,)),
        Plan(debates=(DebateSlot(999, timezone.now()),)),
    ],
)
def test_what_is_not_there_or_too_many_is_refused(chief, plan):
    with pytest.raises(Refusal):
        recompose(plan, chief, number=0)

    assert not HomeEdition.objects.exists()


def test_partners_and_the_newsroom_are_never_mixed(chief, select, new_article):
    own, partner = select("a-nous", [new_article()]), select("a-eux", [new_article()], is_partner=True)

    for kind, selection in ((Kind.SELECTION, partner), (Kind.PARTNERS, own)):
        with pytest.raises(Refusal):
            recompose(with_zone(kind, source=Source.SELECTION, subject=selection.pk), chief, number=0)
    assert recompose(with_zone(Kind.PARTNERS, source=Source.SELECTION, subject=partner.pk), chief, number=0)


def test_debates_of_the_day_do_not_overlap(chief, new_debate):
    debate, now = new_debate().pk, timezone.now()
    overlapping = [
        (DebateSlot(debate, now, now + 2 * HOUR), DebateSlot(debate, now + HOUR)),
        (DebateSlot(debate, now), DebateSlot(debate, now)),
        (DebateSlot(debate, now, now - HOUR),),
    ]

    for slots in overlapping:
        with pytest.raises(Refusal):
            recompose(Plan(debates=slots), chief, number=0)
    assert recompose(Plan(debates=(DebateSlot(debate, now), DebateSlot(debate, now + HOUR))), chief, number=0)


def test_each_start_and_end_of_a_debate_of_the_day_is_told_at_its_moment(chief, new_debate):
    debate, now = new_debate().pk, timezone.now()
    plan = Plan(debates=(DebateSlot(debate, now + HOUR, now + 2 * HOUR),))
    made = recompose(plan, chief, number=0)
    due = ScheduledAction.objects.get(kind=TURN, subject_id=made.pk)

    assert due.due_at == now + HOUR

    due.done_at = now
    due.save()
    take_turn(made.pk)

    assert facts() == [{"number": 1}, {"number": 1}]
    assert ScheduledAction.objects.undone().filter(kind=TURN, subject_id=made.pk).exists()


def test_a_replaced_edition_takes_no_turn_any_more(chief, new_debate):
    debate, now = new_debate().pk, timezone.now()
    first = recompose(Plan(debates=(DebateSlot(debate, now + HOUR),)), chief, number=0)
    recompose(TITLED, chief, number=1)

    take_turn(first.pk)

    assert len(facts()) == 2
    assert not ScheduledAction.objects.undone().filter(kind=TURN).exists()


def typed(client, **changed):
    """Return what a browser would send of the form that the desk's page shows, with some fields changed."""
    form = client.get(DESK).context["form"]
    data = {}
    for part in (form.frame, *form.zones, *form.slots):
        for field in part:
            value = field.value()
            if value is not None and value is not False and value != "":
                data[field.html_name] = value if isinstance(value, list) else str(value)
    return {key: value for key, value in {**data, **changed}.items() if value is not None}


@pytest.fixture
def desk(browser_of, chief):
    """The editor in chief's browser."""
    return browser_of(chief)


def test_the_form_saved_as_it_is_decides_nothing(desk):
    answer = desk.post(DESK, typed(desk))

    assert answer.status_code == 302, [part.errors for part in answer.context["form"].zones]
    assert not HomeEdition.objects.exists()


def test_what_is_typed_on_the_desk_is_what_readers_see(desk, client, new_article, new_specialty, new_debate, new_poll):
    heart = new_specialty("Cardiologie")
    for number in range(12):
        new_article(f"Récit {number}", primary_specialty=heart)
    debate, poll = new_debate("Faut-il ?"), new_poll("Combien ?")
    new_debate("Un autre ?", opens_at=timezone.now() - HOUR)
    sent = typed(
        desk,
        **{
            "z-beside_lead-filling": f"specialty:{heart.pk}",
            "z-beside_lead-limit": "2",
            "z-specialties-specialties": [str(heart.pk)],
            "z-specialties-title": "Par  discipline",
            "z-poll-filling": f"poll:{poll.pk}",
            "z-podcasts-is_shown": None,
            "z-most_commented-position": "1",
            "d-0-debate": str(debate.pk),
            "d-0-starts_at": "2020-01-01T08:00",
        },
    )

    answer = desk.post(DESK, sent)

    assert answer.status_code == 302, answer.context["error"]
    plan = current_plan()
    assert plan.zone(Kind.BESIDE_LEAD) == replace(
        USUAL.zone(Kind.BESIDE_LEAD), source=Source.SPECIALTY, subject=heart.pk, limit=2
    )
    assert plan.zone(Kind.SPECIALTIES).specialties == (heart.pk,)
    assert plan.zone(Kind.POLL).subject == poll.pk
    assert not plan.zone(Kind.PODCASTS).is_shown
    assert plan.lower[0].kind == Kind.MOST_COMMENTED
    html = client.get("/").content.decode()
    assert "Par discipline" in html
    assert "Faut-il" in html
    assert "Un autre" not in html


def test_bad_input_is_answered_in_words_with_all_that_was_typed(desk):
    sent = typed(
        desk,
        **{
            "z-partners-limit": "9",
            "z-hot-title": "Sujets du jour",
            "d-0-starts_at": "2026-05-12T08:00",
            "d-1-debate": "99999999",
        },
    )

    answer = desk.post(DESK, sent)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Sujets du jour" in html
    assert "Choisissez le débat, ou videz les dates." in html
    assert not HomeEdition.objects.exists()


def test_the_dates_of_a_debate_are_asked_for_and_checked(desk, new_debate):
    debate = str(new_debate().pk)
    sent = typed(
        desk,
        **{
            "d-0-debate": debate,
            "d-1-debate": debate,
            "d-1-starts_at": "2026-05-12T08:00",
            "d-1-ends_at": "2026-05-12T07:00",
        },
    )

    html = desk.post(DESK, sent).content.decode()

    assert "Indiquez à partir de quand c’est le débat du jour." in html
    assert "Un débat du jour finit après avoir commencé." in html


def test_a_refusal_is_told_on_the_page(desk, new_debate):
    debate = str(new_debate().pk)
    twice = {f"d-{row}-{name}": value for row in (0, 1) for name, value in (("debate", debate),)}
    sent = typed(desk, **twice, **{f"d-{row}-starts_at": "2026-05-12T08:00" for row in (0, 1)})

    answer = desk.post(DESK, sent)

    assert answer.status_code == 422
    assert "se chevauchent" in answer.content.decode()


@pytest.mark.parametrize("data", [{}, {"number": "x", "slots": "99999"}, {"number": "0", "slots": "2"}])
def test_a_form_that_is_not_ours_is_refused_and_nothing_breaks(desk, data):
    assert desk.post(DESK, data).status_code == 422
    assert desk.post(f"{DESK}apercu/", data).status_code == 422


def test_blocks_are_moved_by_buttons_without_saving(desk):
    sent = typed(desk, do="up-partners", **{"z-hot-title": "Gardé"})

    answer = desk.post(DESK, sent)

    assert [form.kind for form in answer.context["form"].lower][:2] == [Kind.PARTNERS, Kind.SELECTION]
    assert "Gardé" in answer.content.decode()
    assert not HomeEdition.objects.exists()


def test_a_number_typed_takes_the_place_it_names(desk):
    desk.post(DESK, typed(desk, **{"z-selection-position": "3"}))

    assert [zone.kind for zone in current_plan().lower][:3] == [Kind.PARTNERS, Kind.POLL, Kind.SELECTION]


def test_a_conflict_shows_both_and_the_next_save_goes_over_it(desk, administrator):
    sent = typed(desk, **{"z-poll-title": "La question"})
    recompose(TITLED, administrator, number=0)

    answer = desk.post(DESK, sent)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Petit" in html
    assert answer.context["differences"]
    assert current_plan() == TITLED

    form = answer.context["form"]
    again = {**sent, "number": str(form.frame["number"].value())}
    assert desk.post(DESK, again).status_code == 302
    assert current_plan().zone(Kind.POLL).title == "La question"


def test_the_preview_shows_what_is_typed_and_saves_nothing(desk, new_article):
    for number in range(3):
        new_article(f"Récit {number}")
    sent = typed(desk, **{"z-selection-filling": "newest", "z-selection-title": "Essai de titre"})

    answer = desk.post(f"{DESK}apercu/", sent)

    html = answer.content.decode()
    assert answer.status_code == 200
    assert "Essai de titre" in html
    assert 'content="noindex"' in html
    assert not HomeEdition.objects.exists()


def test_the_preview_is_as_at_a_moment_and_of_an_edition(desk, chief, new_article):
    now = timezone.now()
    new_article("Paraîtra demain", published_at=now + 24 * HOUR)
    recompose(with_zone(Kind.LEAD, source=Source.NEWEST), chief, number=0)
    later = timezone.localtime(now + 25 * HOUR).strftime("%Y-%m-%dT%H:%M")

    assert "Paraîtra demain" not in desk.get(f"{DESK}apercu/").content.decode()
    assert "Paraîtra demain" in desk.get(f"{DESK}apercu/?le={later}&edition=1").content.decode()
    assert desk.get(f"{DESK}apercu/?edition=7").status_code == 404
    assert desk.get(f"{DESK}apercu/?le=bientôt").status_code == 302


def test_the_history_says_who_changed_what_and_an_edition_is_taken_up_again(desk, chief):
    recompose(TITLED, chief, number=0)
    recompose(with_zone(Kind.POLL, is_shown=False), chief, number=1)

    html = desk.get(f"{DESK}historique/").content.decode()
    assert html.count("Aubry") >= 2
    assert "Consultation\N{NO-BREAK SPACE}: montrée ou masquée" in html

    assert desk.post(f"{DESK}historique/1/reprendre/").status_code == 302
    assert current_plan() == TITLED
    assert HomeEdition.objects.count() == 3
    assert desk.post(f"{DESK}historique/99/reprendre/").status_code == 404


def test_an_edition_that_names_what_is_gone_is_not_taken_up_again(desk, chief, new_specialty):
    heart = new_specialty("Cardiologie")
    recompose(with_zone(Kind.LEAD, source=Source.SPECIALTY, subject=heart.pk), chief, number=0)
    recompose(TITLED, chief, number=1)
    heart.delete()

    answer = desk.post(f"{DESK}historique/1/reprendre/", follow=True)

    assert "choisissez ce qui la remplit" in answer.content.decode()
    assert current_plan() == TITLED


def test_an_editor_looks_and_does_not_save(browser_of, editor):
    browser = browser_of(editor)

    assert b'value="save"' not in browser.get(DESK).content
    with_changes = typed(browser, **{"z-poll-title": "La question"})
    assert browser.post(DESK, with_changes).status_code == 403
