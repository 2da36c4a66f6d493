"""Where kept pieces were found to show what is no longer so, or to grow without bound."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from articles.models import Selection, SelectionEdition, SelectionItem
from debates.lifecycle import feature_quietly
from newsroom.audience.models import MostRead
from newsroom.discussions.moderating import reject
from newsroom.discussions.posting import bring_in
from newsroom.frontpage.recomposing import recompose
from newsroom.frontpage.zones import Kind, Source, completed
from newsroom.taxonomy.merging import merge
from tests.factories.accounts import UserFactory, staff
from tests.factories.articles import ArticleFactory, SpecialtyFactory, TagFactory
from tests.factories.debates import argument_in, debate_of
from tests.page_cache.test_purging import committed

__all__ = ["committed"]

pytestmark = pytest.mark.django_db
FIVE_MINUTES = 300_000
QUOTED = "Un propos que la modération retire."


@pytest.fixture
def chief():
    """Return somebody who may do everything."""
    return UserFactory(is_superuser=True, is_staff=True)


def quoting_pages():
    """Return the addresses of pages that quote an argument, and the argument."""
    story, debate = ArticleFactory(), debate_of()
    debate.articles.add(story)
    argument = argument_in(debate, text=QUOTED)
    feature_quietly(argument)
    return ["/", story.get_absolute_url()], argument


def test_a_removed_argument_is_quoted_in_no_joined_page(kept, committed):
    addresses, argument = quoting_pages()
    browser = Client()
    for address in addresses:
        assert QUOTED in browser.get(address).content.decode()

    committed(reject, argument.comment, staff("moderator"), reason="Publicité")

    assert [address for address in addresses if QUOTED in browser.get(address).content.decode()] == []


def test_a_removed_argument_is_quoted_in_no_whole_page(visitor, committed):
    addresses, argument = quoting_pages()
    for address in addresses:
        assert QUOTED in visitor.get(address).body.decode()

    committed(reject, argument.comment, staff("moderator"), reason="Publicité")

    assert [address for address in addresses if QUOTED in visitor.get(address).body.decode()] == []


def test_a_merged_tag_is_shown_by_no_joined_page(kept, committed, chief):
    old, main, story = TagFactory(name="ancien thème"), TagFactory(name="thème principal"), ArticleFactory()
    story.tags.add(old)
    browser = Client()
    browser.get(story.get_absolute_url())
    assert browser.get(old.get_absolute_url()).status_code == 200

    committed(merge, old, main, by=chief)

    assert browser.get(old.get_absolute_url()).status_code == 301
    assert old.get_absolute_url() not in browser.get(story.get_absolute_url()).content.decode()


def test_a_second_cursor_makes_no_page_of_its_own(kept):
    specialty = SpecialtyFactory()
    for minutes in range(22):
        ArticleFactory(primary_specialty=specialty, published_at=timezone.now() - timedelta(minutes=minutes))
    browser = Client()
    first = browser.get("/articles/").content.decode()
    second = "/articles/" + html.unescape(re.search(r'href="[^"?]*(\?[^"]*avant=[^"]*)"', first)[1])
    assert browser.get(second).status_code == 200
    before = set(kept.keys("*piece:*"))

    for number in range(3):
        browser.get(f"{second}&apres=invente-{number}")

    assert set(kept.keys("*piece:*")) - before == set()


def test_a_home_page_by_what_is_read_most_is_not_kept_beyond_a_ranking(kept, committed, chief):
    for position in range(1, 6):
        MostRead.objects.create(span=24, position=position, article_id=ArticleFactory().pk, views=10)
    usual = completed(())
    zones = tuple(
        replace(zone, source=Source.MOST_READ) if zone.kind == Kind.BESIDE_LEAD else zone for zone in usual.zones
    )
    committed(recompose, replace(usual, zones=zones), chief, number=0)

    Client().get("/")

    (frame,) = kept.keys("*piece:page:/")
    assert kept.pttl(frame) <= FIVE_MINUTES


def test_a_selection_of_what_is_most_commented_is_not_kept_beyond_a_ranking(kept):
    selection = Selection.objects.create(title="Ce dont on parle", slug="ce-dont-on-parle")
    now = timezone.now()
    edition = SelectionEdition.objects.create(selection=selection, number=1, starts_at=now, published_at=now)
    SelectionItem.objects.create(edition=edition, position=1, rule="commented")
    bring_in(ArticleFactory().thread, text="Un avis", author_name="Anne", at=now)

    Client().get(selection.get_absolute_url())

    (frame,) = kept.keys(f"*piece:page:{selection.get_absolute_url()}")
    assert kept.pttl(frame) <= FIVE_MINUTES


def test_a_damaged_piece_is_made_anew(kept):
    ArticleFactory(title="Toujours lisible")
    browser = Client()
    browser.get("/articles/")
    for key in kept.keys("*piece:*"):
        kept.set(key, b"{", keepttl=True)

    assert "Toujours lisible" in browser.get("/articles/").content.decode()
