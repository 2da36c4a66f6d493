"""The home page as editors decided it: what fills each zone, in which order, by the clock."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Selection
from debates.models import Debate
from newsroom.audience.models import MostRead
from newsroom.frontpage.arranging import laid_out
from newsroom.frontpage.composing import compose
from newsroom.frontpage.zones import LOWER, USUAL, DebateSlot, Kind, Source, completed, moved

HOUR = timedelta(hours=1)


def planned(*decided, **options):
    """Return the usual plan with some zones decided: (kind, {field: value})."""
    zones = {zone.kind: zone for zone in USUAL.zones}
    for kind, fields in decided:
        zones[kind] = replace(zones[kind], **fields)
    return completed(zones.values(), **options)


def kinds(page):
    return [(row.main and row.main.kind, [zone.kind for zone in row.rail]) for row in page.rows]


def test_a_zone_is_filled_from_a_selection_in_the_editors_order(new_article, select):
    chosen = [new_article(f"Choisi {number}") for number in range(3)]
    other = [new_article(f"Neuf {number}") for number in range(3)]
    selection = select("a-part", chosen)

    page = compose(planned((Kind.BESIDE_LEAD, {"source": Source.SELECTION, "subject": selection.pk})))

    assert page.stories.beside_lead == chosen
    assert page.stories.lead == other[-1]


def test_a_zone_is_filled_from_a_specialty_however_old_its_stories_are(new_article, new_specialty):
    heart = new_specialty("Cardiologie")
    old = new_article("Vieux", primary_specialty=heart, published_at=timezone.now() - timedelta(days=400))
    for number in range(3):
        new_article(f"Neuf {number}")

    page = compose(planned((Kind.UNDER_LEAD, {"source": Source.SPECIALTY, "subject": heart.pk})))

    assert page.stories.under_lead == [old]


def test_the_lead_may_come_from_a_specialty_a_selection_or_the_newest(new_article, new_image, new_specialty, select):
    heart = new_specialty("Cardiologie")
    of_heart = new_article("Coeur", primary_specialty=heart)
    bare, pictured = new_article("Sans image"), new_article("Avec image", image=new_image())
    selection = select("une", [bare, pictured])
    newest = new_article("Neuf")

    leads = [
        compose(planned((Kind.LEAD, {"source": source, "subject": subject}))).stories.lead
        for source, subject in (
            (Source.SPECIALTY, heart.pk),
            (Source.SELECTION, selection.pk),
            (Source.NEWEST, None),
        )
    ]

    assert leads == [of_heart, pictured, newest]


def test_what_names_something_that_is_gone_is_filled_as_usual(new_article):
    story = [new_article(f"Neuf {number}") for number in range(4)]

    page = compose(
        planned(
            (Kind.LEAD, {"source": Source.SPECIALTY, "subject": 999}),
            (Kind.BESIDE_LEAD, {"source": Source.SELECTION, "subject": 999}),
            (Kind.SELECTION, {"source": Source.SELECTION, "subject": 999}),
            (Kind.POLL, {"source": Source.POLL, "subject": 999}),
            (Kind.SPECIALTIES, {"source": Source.CHOSEN, "specialties": (999,)}),
        )
    )

    assert page.stories.lead == story[-1]
    assert page.stories.beside_lead == story[2::-1]
    assert page.stories.columns == []


def test_a_hidden_zone_leaves_its_stories_to_the_others(new_article, new_debate, new_poll, select):
    chosen = [new_article(f"Choisi {number}") for number in range(2)]
    select("redaction", chosen)
    select("revue", [new_article("Au partenaire")], is_partner=True)
    new_debate()
    new_poll()
    hidden = [kind for kind in Kind if kind not in {Kind.LEAD, Kind.UNDER_LEAD}]

    page = compose(planned(*((kind, {"is_shown": False}) for kind in hidden)))

    assert [page.stories.lead, *page.stories.under_lead] == chosen[::-1]
    assert (page.debate, page.poll, page.tags, page.rows) == (None, None, [], [])


def test_a_partners_story_never_stands_among_the_newsrooms_whatever_the_plan(new_article, new_specialty, select):
    heart = new_specialty("Cardiologie")
    bought = new_article("Au partenaire", primary_specialty=heart)
    bought.thread.comment_count = 50
    bought.thread.save()
    MostRead.objects.create(span=24, position=1, article_id=bought.pk, views=900)
    partner = select("revue", [bought], is_partner=True)
    own = new_article("À nous", primary_specialty=heart)

    page = compose(
        planned(
            (Kind.LEAD, {"source": Source.SPECIALTY, "subject": heart.pk}),
            (Kind.UNDER_LEAD, {"source": Source.MOST_COMMENTED}),
            (Kind.BESIDE_LEAD, {"source": Source.MOST_READ}),
            # The selection has become a partner's since it was chosen.
            (Kind.SELECTION, {"source": Source.SELECTION, "subject": partner.pk}),
        )
    )

    stories = page.stories
    assert stories.lead == own
    everywhere = [*stories.under_lead, *stories.beside_lead, *stories.selection, *stories.most_commented]
    assert bought not in [*everywhere, *stories.most_read]
    assert [block.articles for block in stories.partners] == [[bought]]


def test_one_partner_may_be_chosen_and_only_so_many_of_its_stories(new_article, select):
    first = select("une-revue", [new_article(f"Un {number}") for number in range(3)], is_partner=True)
    select("autre-revue", [new_article("Autre")], is_partner=True)

    page = compose(planned((Kind.PARTNERS, {"source": Source.SELECTION, "subject": first.pk, "limit": 2})))

    assert [(block.selection, len(block.articles)) for block in page.stories.partners] == [(first, 2)]


def test_what_was_read_most_is_shown_for_a_day_or_a_week(new_article):
    today, week, gone = new_article("Jour"), new_article("Semaine"), new_article("Brouillon", status="draft")
    for span, articles in ((24, [gone, today, week]), (168, [week, today])):
        for position, article in enumerate(articles, start=1):
            MostRead.objects.create(span=span, position=position, article_id=article.pk, views=10)

    a_day, a_week = compose(planned()), compose(planned((Kind.MOST_READ, {"source": Source.WEEK})))

    assert a_day.stories.most_read == [today, week]
    assert a_week.stories.most_read == [week, today]


def test_chosen_specialties_stand_in_the_order_given_and_empty_ones_close_up(new_article, new_specialty):
    heart, skin, bones = (new_specialty(name) for name in ("Cardiologie", "Dermatologie", "Rhumatologie"))
    for specialty in (heart, bones):
        for number in range(9):
            new_article(f"Récit {number}", primary_specialty=specialty)

    chosen = {"source": Source.CHOSEN, "specialties": (bones.pk, skin.pk, heart.pk)}
    page = compose(planned((Kind.SPECIALTIES, chosen)))

    assert [column.specialty for column in page.stories.columns] == [bones, heart]


def test_the_debate_planned_for_the_moment_takes_the_place_of_the_newest(new_debate):
    chosen, newest = new_debate("Hier ?"), new_debate("Aujourd’hui ?", opens_at=timezone.now() - HOUR)
    now = timezone.now()
    plan = planned(debates=[DebateSlot(chosen.pk, now - HOUR, now + HOUR)])

    assert compose(plan, now).debate == chosen
    assert compose(plan, now + 2 * HOUR).debate == newest
    assert compose(now=now).debate == newest


def test_a_planned_debate_that_has_closed_shows_its_result_and_one_to_come_nothing(new_debate):
    now = timezone.now()
    newest = new_debate("Neuf ?")
    closed = new_debate("Clos ?", opens_at=now - 3 * HOUR, closes_at=now - HOUR)
    to_come = new_debate("Demain ?", opens_at=now + HOUR)

    seen = [compose(planned(debates=[DebateSlot(debate.pk, now - HOUR)]), now).debate for debate in (closed, to_come)]

    assert seen == [closed, newest]


def test_a_chosen_consultation_takes_the_place_of_the_newest(new_poll):
    chosen, newest = new_poll("Hier ?"), new_poll("Neuve ?", opens_at=timezone.now() - HOUR)

    assert compose(planned((Kind.POLL, {"source": Source.POLL, "subject": chosen.pk}))).poll == chosen
    assert compose().poll == newest


def test_the_blocks_below_stand_in_the_editors_order(full_house, new_article, select):
    full_house()
    select("redaction", [new_article("Choisi"), new_article("Choisi aussi")])
    usual = compose()
    plan = moved(moved(USUAL, Kind.MOST_COMMENTED, -9), Kind.PODCASTS, -9)

    page = compose(plan)

    assert kinds(usual)[:2] == [
        (Kind.SELECTION, [Kind.PARTNERS, Kind.POLL]),
        (Kind.SPECIALTIES, []),
    ]
    assert kinds(page)[:2] == [
        (Kind.PODCASTS, [Kind.MOST_COMMENTED]),
        (Kind.SELECTION, [Kind.PARTNERS, Kind.POLL]),
    ]


def test_narrow_blocks_without_a_wide_one_stand_side_by_side():
    zones = [USUAL.zone(kind) for kind in (Kind.POLL, Kind.PARTNERS, Kind.SPECIALTIES, Kind.MOST_COMMENTED)]

    rows = laid_out(zones)

    assert [(row.main and row.main.kind, [zone.kind for zone in row.rail]) for row in rows] == [
        (None, [Kind.POLL, Kind.PARTNERS]),
        (Kind.SPECIALTIES, []),
        (None, [Kind.MOST_COMMENTED]),
    ]


def test_titles_that_editors_gave_are_shown_and_the_block_leads_to_what_fills_it(client, new_article, select):
    selection = select("lectures", [new_article(f"Choisi {number}") for number in range(2)])
    Selection.objects.filter(pk=selection.pk).update(title="Nos lectures")

    named = compose(planned((Kind.SELECTION, {"source": Source.SELECTION, "subject": selection.pk})))
    newest = compose(planned((Kind.SELECTION, {"source": Source.NEWEST, "title": "Vu : et lu"})))

    assert (named.selection_title, named.selection_url) == ("Nos lectures", "/selections/lectures/")
    assert newest.selection_url == "/articles/"
    assert newest.titles == {"selection": "Vu : et lu"}


def test_a_specialty_that_fills_the_selections_block_gives_it_its_name(new_article, new_specialty):
    heart = new_specialty("Cardiologie")
    new_article("Une", primary_specialty=heart)
    new_article("Deux", primary_specialty=heart)

    page = compose(planned((Kind.SELECTION, {"source": Source.SPECIALTY, "subject": heart.pk})))

    assert (page.selection_title, page.selection_url) == ("Cardiologie", heart.get_absolute_url())


@pytest.mark.parametrize("at", [-1, 1])
def test_the_page_is_composed_as_at_a_moment(new_article, new_debate, at):
    moment = timezone.now() + at * HOUR
    new_article("Bientôt", published_at=timezone.now() + HOUR / 2)

    assert (compose(now=moment).stories.lead is not None) is (at > 0)


def test_the_fullest_plan_takes_at_most_fifteen_queries(client, full_house, new_specialty, select, new_article):
    full_house()
    full_house()
    specialty, selection = new_specialty("Encore"), select("encore", [new_article("Encore")])
    debate, poll = Debate.objects.first(), compose().poll
    now = timezone.now()
    plan = planned(
        (Kind.LEAD, {"source": Source.SPECIALTY, "subject": specialty.pk}),
        (Kind.UNDER_LEAD, {"source": Source.MOST_READ}),
        (Kind.BESIDE_LEAD, {"source": Source.SELECTION, "subject": selection.pk}),
        (Kind.POLL, {"source": Source.POLL, "subject": poll.pk}),
        (Kind.SPECIALTIES, {"source": Source.CHOSEN, "specialties": (specialty.pk,)}),
        (Kind.MOST_READ, {"source": Source.WEEK}),
        debates=[DebateSlot(debate.pk, now - HOUR)],
    )

    with CaptureQueriesContext(connection) as queries:
        page = compose(plan, now)

    assert page.debate == debate
    # One more reads the plan, one fills slots of a selection by a rule, two ask until when the page is true.
    assert len(queries) <= 15 - 4


def test_every_lower_kind_has_its_block(client, full_house, new_article, select):
    full_house()
    read = new_article("Lu")
    select("redaction", [new_article("Choisi"), read])
    MostRead.objects.create(span=24, position=1, article_id=read.pk, views=10)

    html = client.get("/").content.decode()

    assert {zone.kind for row in compose().rows for zone in (row.main, *row.rail) if zone} == set(LOWER)
    for mark in ("selection-t", "box--partner", "consultation-reponse", "specialites-t", "podcasts-t", "lus-t"):
        assert mark in html
