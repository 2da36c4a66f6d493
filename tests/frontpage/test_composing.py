"""The rules of the home page, tried on invented stocks, and the page itself."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.surroundings import Shelf
from newsroom.frontpage.arranging import COLUMN_ITEMS, arrange
from newsroom.frontpage.composing import compose, popular_tags
from newsroom.frontpage.stock import Stock
from newsroom.frontpage.zones import RULES, Kind
from newsroom.taxonomy.models import Specialty

BESIDE_LEAD, COLUMNS = RULES[Kind.BESIDE_LEAD].limit, RULES[Kind.SPECIALTIES].limit
PARTNER_ITEMS = RULES[Kind.PARTNERS].limit
SPECIALTIES = [Specialty(pk=number, name=f"Spécialité {number}", position=number % 3) for number in range(1, 7)]


def story(pk):
    """An article as far as the layout goes: every third has an image, every seventh no specialty."""
    return SimpleNamespace(
        pk=pk,
        image_id=pk if pk % 3 == 0 else None,
        primary_specialty=SPECIALTIES[pk % 6] if pk % 7 else None,
    )


stories_ = st.lists(st.integers(1, 60), unique=True, max_size=40).map(lambda ids: [story(pk) for pk in ids])
stocks = st.builds(
    Stock,
    chosen=stories_,
    partners=st.lists(stories_.map(lambda articles: Shelf(SimpleNamespace(), articles)), max_size=3),
    newest=stories_,
    podcasts=stories_,
)


def shown(stories):
    return [
        *([stories.lead] if stories.lead else []),
        *stories.under_lead,
        *stories.beside_lead,
        *stories.selection,
        *(article for block in stories.partners for article in block.articles),
        *stories.podcasts,
        *(article for column in stories.columns for article in column.articles),
    ]


@given(stocks)
def test_no_story_stands_twice_whatever_there_is(stock):
    ids = [article.pk for article in shown(arrange(stock))]

    assert len(ids) == len(set(ids))


@given(stocks)
def test_blocks_keep_their_size_and_none_of_them_is_empty(stock):
    stories = arrange(stock)

    assert len(stories.selection) <= 14
    assert len(stories.columns) <= COLUMNS
    assert all(1 <= len(block.articles) <= PARTNER_ITEMS for block in stories.partners)
    assert all(1 <= len(column.articles) <= COLUMN_ITEMS for column in stories.columns)


@given(stocks)
def test_the_selection_keeps_the_editors_order_and_is_whole_but_for_the_lead(stock):
    stories = arrange(stock)

    kept = [article for article in stock.chosen if article is not stories.lead and article.pk != stories.lead.pk]

    assert [article.pk for article in stories.selection] == [article.pk for article in kept][:14]


@given(stocks)
def test_the_lead_is_the_first_chosen_story_with_an_image_else_the_newest(stock):
    stories = arrange(stock)

    with_image = [article for article in stock.chosen if article.image_id]
    expected = next(iter([*with_image, *stock.newest, *stock.chosen]), None)
    assert stories.lead is expected


@given(stocks)
def test_stories_of_partners_stay_in_their_own_block(stock):
    own = {article.pk for article in (*stock.chosen, *stock.newest, *stock.podcasts)}

    stories = arrange(stock)

    elsewhere = {article.pk for article in shown(stories)} - {
        article.pk for block in stories.partners for article in block.articles
    }
    assert elsewhere <= own


def test_columns_hold_what_one_specialty_has_newest_first():
    articles = [story(pk) for pk in (6, 12, 18, 24, 30)]
    rest = [story(pk) for pk in range(100, 100 + BESIDE_LEAD + 3)]

    stories = arrange(Stock(newest=[*rest, *articles]))

    of_first = next(column for column in stories.columns if column.specialty == SPECIALTIES[0])
    assert [article.pk for article in of_first.articles] == [6, 12, 18]


def test_specialties_that_fill_a_column_come_before_those_that_do_not():
    rest = [story(pk) for pk in range(100, 100 + BESIDE_LEAD + 3)]
    thin = [story(pk) for pk in (1, 2, 3)]
    full = [story(pk) for pk in (4, 10, 16)]

    stories = arrange(Stock(newest=[*rest, *thin, *full]))

    assert len(stories.columns) == 4
    assert SPECIALTIES[4] in {column.specialty for column in stories.columns}


def test_podcasts_are_set_aside_before_the_newest_are_dealt():
    podcasts = [story(1), story(2)]

    stories = arrange(Stock(newest=[story(50), *podcasts], podcasts=podcasts))

    assert stories.podcasts == podcasts
    assert stories.beside_lead == []


@pytest.mark.django_db
def test_an_empty_house_has_an_empty_front_page():
    page = compose()

    assert page.is_empty
    assert page.stories.lead is None


def test_a_partners_story_is_in_the_partners_block_alone(new_article, select):
    own, bought = new_article("À nous"), new_article("Au partenaire")
    select("revue", [bought], is_partner=True)

    page = compose()

    assert page.stories.lead == own
    assert [article for block in page.stories.partners for article in block.articles] == [bought]
    assert bought not in page.stories.beside_lead


def test_what_is_not_public_yet_is_nowhere_on_the_page(new_article, select):
    tomorrow = timezone.now() + timedelta(days=1)
    hidden = [
        new_article("Brouillon", status="draft"),
        new_article("Embargo", embargo_until=tomorrow),
        new_article("Demain", published_at=tomorrow),
    ]
    select("redaction", hidden)
    select("revue", hidden, is_partner=True)

    assert compose().is_empty


def test_the_most_commented_are_those_of_the_month_with_comments(new_article):
    quiet, old, loud = (new_article(title) for title in ("Calme", "Vieux", "Bruyant"))
    old.published_at = timezone.now() - timedelta(days=40)
    old.save()
    for article, comments in ((old, 90), (loud, 12)):
        article.thread.comment_count = comments
        article.thread.save()

    page = compose()

    assert page.stories.most_commented == [loud]
    assert quiet not in page.stories.most_commented


def test_popular_tags_are_main_tags_of_the_month_most_used_first(new_article, new_tag):
    vaccins, garde, vieux = new_tag("vaccins"), new_tag("garde"), new_tag("vieux")
    new_article(tags=[vaccins, garde])
    new_article(tags=[vaccins])
    new_article(tags=[vieux], published_at=timezone.now() - timedelta(days=40))
    new_article(tags=[vieux], status="draft")

    assert popular_tags(5) == [vaccins, garde]


def test_the_front_page_takes_the_same_queries_with_one_item_and_with_three(full_house):
    counts = []
    for more in (1, 2):
        for _item in range(more):
            full_house()
        with CaptureQueriesContext(connection) as queries:
            page = compose()
        counts.append(len(queries))
        assert page.stories.lead
        assert page.stories.columns
        assert page.debate
        assert page.poll

    assert counts[0] == counts[1]
    assert counts[0] <= 13
