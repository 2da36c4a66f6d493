"""Pages are put together from pieces: the same bytes as made in one go, and only what has changed is made anew."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.calendar import PUBLISH
from articles.models import Article
from articles.publishing import unpublish
from newsroom.core.page_cache import pieces
from newsroom.core.page_cache.pieces import Frame, Part, assembled, put
from newsroom.core.page_cache.purging import purge
from newsroom.core.page_cache.sources import fetched_once, gathering, made_of, making
from newsroom.discussions.posting import bring_in
from newsroom.scheduling.planning import plan
from polls.voting import vote
from tests.factories.accounts import PhysicianFactory, staff
from tests.factories.articles import ArticleFactory, AuthorFactory, ImageFactory, SpecialtyFactory, TagFactory
from tests.factories.debates import debate_of
from tests.page_cache.test_purging import committed

__all__ = ["committed"]

pytestmark = pytest.mark.django_db
SECRET = "Réservé aux professionnels, mot pour mot."


@pytest.fixture
def newspaper():
    """Return a debated article among others, with all that stands beside it."""
    specialty, author = SpecialtyFactory(), AuthorFactory()
    stories = [
        ArticleFactory(primary_specialty=specialty, image=ImageFactory(), signed_by=[author]) for _one in range(5)
    ]
    theme = TagFactory()
    for number, story in enumerate(stories):
        story.tags.add(theme)
        for _time in range(number):
            bring_in(story.thread, text="Un avis", author_name="Anne", at=timezone.now())
    debate = debate_of()
    debate.articles.add(stories[0])
    return stories, debate


def addresses(stories):
    first = Article.objects.get(pk=stories[0].pk)
    return [
        "/",
        first.get_absolute_url(),
        f"{first.get_absolute_url()}?tri=anciens",
        "/articles/",
        first.primary_specialty.get_absolute_url(),
        first.tags.first().get_absolute_url(),
        first.bylines.first().author.get_absolute_url(),
    ]


def test_a_page_has_the_same_bytes_in_one_go_as_made_and_as_joined(kept, newspaper, settings):
    stories, _debate = newspaper
    browser = Client()
    for address in addresses(stories):
        settings.PAGE_CACHE = False
        at_once = browser.get(address).content
        settings.PAGE_CACHE = True
        made, joined = browser.get(address).content, browser.get(address).content

        assert made == at_once, address
        assert joined == at_once, address
        assert b"\x02" not in joined


def test_a_joined_page_asks_the_database_for_the_next_release_alone(kept, newspaper):
    browser = Client()
    for address in addresses(newspaper[0]):
        browser.get(address)
        with CaptureQueriesContext(connection) as queries:
            browser.get(address)

        assert len(queries) == 1, address


def test_a_comment_makes_its_thread_anew_and_not_the_article(kept, newspaper, committed):
    story = newspaper[0][1]
    browser = Client()
    browser.get(story.get_absolute_url())

    committed(bring_in, story.thread, text="Tout neuf", author_name="Anne", at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        page = browser.get(story.get_absolute_url()).content.decode()

    assert "Tout neuf" in page
    assert '"commentCount": 2' in page
    assert page.count("2\u00a0commentaires") + page.count("2\u202fcommentaires") + page.count("2 commentaires") >= 2
    # The next release, the thread, its conversations.
    assert len(queries) == 3


@pytest.mark.parametrize("address", ["/", "/articles/"])
def test_a_comment_is_counted_on_every_card_at_once(kept, newspaper, committed, address):
    story = newspaper[0][4]
    browser = Client()
    assert _count_on(browser, address, story) == {4}

    committed(bring_in, story.thread, text="Le cinquième", author_name="Anne", at=timezone.now())

    assert _count_on(browser, address, story) == {5}


def _count_on(browser, address, story):
    page = browser.get(address).content.decode()
    cards = re.findall(rf'<a href="{story.get_absolute_url()}#commentaires">(.*?)</a>', page, re.DOTALL)
    assert cards
    return {int(re.search(r'aria-hidden="true">(\d+)<', card)[1]) for card in cards}


def test_a_list_that_is_kept_shows_nothing_that_was_withdrawn(kept, newspaper, committed):
    story = newspaper[0][2]
    browser = Client()
    assert story.title in browser.get("/articles/").content.decode()

    committed(unpublish, story, by=staff("editor in chief"), notice="Une erreur de fond.")

    for address in addresses(newspaper[0]):
        assert story.get_absolute_url() not in browser.get(address).content.decode(), address


def test_a_vote_changes_the_box_and_leaves_the_page_around_it(kept, newspaper, committed, monkeypatch):
    stories, debate = newspaper
    browser = Client()
    browser.get(stories[0].get_absolute_url())
    browser.get("/")
    framed = []
    monkeypatch.setattr(pieces._Assembly, "_make_frame", lambda self: framed.append(self.frame.key))

    committed(vote, debate.poll, debate.poll.choices.first(), PhysicianFactory())

    for address in (stories[0].get_absolute_url(), "/"):
        assert re.search(r"1\W+vot", browser.get(address).content.decode()), address
    assert not framed


def test_what_is_purged_while_a_part_is_being_made_is_not_kept(kept):
    made = []

    def make():
        made.append(1)
        if len(made) == 1:
            purge("thread:1")
        return "texte"

    with making(None, is_kept=True):
        for _time in range(3):
            part = Part("un", make, frozenset({"thread:1"}))
            assert assembled(Frame("cadre", lambda part=part: f"<{put(part)}>"), [part]) == "<texte>"

    assert len(made) == 2


def test_a_part_that_has_changed_is_made_anew_and_the_frame_is_not(kept):
    made = []

    def piece(name):
        made.append(name)
        return name

    def page():
        parts = [Part(name, lambda name=name: piece(name), frozenset({f"{name}:1"})) for name in ("a", "b")]
        frame = Frame("cadre", lambda: piece("cadre") + "".join(put(part) for part in parts))
        with making(None, is_kept=True):
            return assembled(frame, parts)

    assert page() == page() == "cadreab"
    purge("b:1")
    assert page() == "cadreab"

    assert made == ["cadre", "a", "b", "b"]


def test_a_frame_whose_parts_cannot_be_made_again_is_made_in_one_go(kept):
    part = Part("x", lambda: "ancien", frozenset({"x:1"}))
    with making(None, is_kept=True):
        assembled(Frame("cadre", lambda: f"<{put(part)}>"))
        purge("x:1")

        assert assembled(Frame("cadre", lambda: "tout neuf")) == "tout neuf"


def test_the_page_is_made_from_all_that_its_pieces_are_made_from(kept):
    part = Part("x", lambda: made_of("b:1") or "b", frozenset({"c:1"}))

    def page():
        with making(None, is_kept=True), gathering() as names:
            assembled(Frame("cadre", lambda: made_of("a:1", "thread:1") or put(part), leaves=frozenset({"thread"})))
        return names

    assert page() == {"a:1", "b:1", "c:1", "clock"}
    purge("b:1")
    # Nobody makes the part again: the frame is given up for once, and named whole.
    assert page() >= {"a:1", "b:1"}


def test_no_piece_outlives_the_next_release(kept, newspaper, committed):
    soon = timezone.now() + timedelta(seconds=30)
    committed(plan, PUBLISH, newspaper[0][0].pk, at=soon)
    Client().get("/articles/")

    ends = {key: kept.pttl(key) for key in kept.keys("*piece:*")}

    assert ends
    assert max(ends.values()) <= 30_000


@pytest.mark.parametrize("query", ["page=999999", "format=inconnu", "avant=faux", "page=zero", "quoi=1"])
def test_odd_addresses_fill_nothing(kept, newspaper, query):
    browser = Client()
    browser.get("/articles/")
    before = set(kept.keys("*piece:*"))

    browser.get(f"/articles/?{query}")
    browser.get(f"{newspaper[0][0].get_absolute_url()}?tri={query}")

    assert set(kept.keys("*piece:*")) - before == set()


def test_without_redis_the_page_is_made_in_one_go(newspaper, settings):
    settings.PAGE_CACHE, settings.PAGE_CACHE_URL = True, "redis://127.0.0.1:9/0"

    assert Client().get("/articles/").status_code == 200


def test_a_reserved_text_is_in_no_piece(kept):
    story = ArticleFactory(audience="professionals", body=f"<p>{SECRET}</p>")
    browser = Client()
    browser.get(story.get_absolute_url())
    browser.force_login(PhysicianFactory())
    assert SECRET in browser.get(story.get_reserved_url()).content.decode()
    browser.get(story.get_absolute_url())

    assert not [key for key in kept.keys("*piece:*") if SECRET.encode() in kept.get(key)]


def test_a_text_with_the_signs_of_a_hole_opens_none(kept):
    sly = "\x02" + "0" * 16 + "card:1\x03"
    with making(None, is_kept=True):
        for _time in range(2):
            assert assembled(Frame("cadre", lambda: sly)) == sly


def test_a_piece_is_read_as_it_was_written():
    piece = pieces.Piece("é\n" * 3, frozenset({"a:1", "b"}), "f" * 16)

    assert pieces.Piece.read(piece.stored()) == piece
    assert json.loads(piece.stored().partition(b"\n")[0])["names"] == ["a:1", "b"]


def test_what_parts_share_is_fetched_once_and_named_by_each():
    class Page:
        fetched = 0

        @fetched_once
        def rows(self):
            Page.fetched += 1
            made_of("row:1")
            return [1]

    page, named = Page(), []
    for _part in range(2):
        with gathering() as names:
            assert page.rows == [1]
        named.append(names)

    assert Page.fetched == 1
    assert named == [{"row:1"}, {"row:1"}]
