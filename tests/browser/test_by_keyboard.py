"""A reader without a mouse, scripts on: everything is reached, seen when it is reached, and left again."""

from itertools import pairwise

import pytest

from newsroom.discussions.models import Comment
from polls.models import Vote
from tests.browser.conftest import NARROW, WIDE
from tests.browser.keyboard import Keyboard
from tests.browser.little_site import little_site
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

__all__ = ["little_site"]


@pytest.fixture
def site(web):
    """Nobody works behind the server: what a reader does is done when the page answers."""
    return web


@pytest.fixture
def keyboard(visitor):
    """Return a maker of readers with a keyboard, for whom pages do not glide."""

    def make(**look):
        return Keyboard(visitor(reduced_motion="reduce", **look))

    return make


def plain(text):
    """Return text with ordinary spaces, so that assertions read like the page."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_stop_is_seen_in_reading_order_and_none_is_a_trap(little_site, keyboard, camille, viewport):
    reader, member = keyboard(viewport=viewport), keyboard(viewport=viewport)
    member.person.sign_in(camille)
    things = [little_site.story, little_site.podcast, little_site.debate, little_site.poll, little_site.author]
    paths = ["/", "/recherche/?q=essai", "/articles/", *(thing.get_absolute_url() for thing in things)]
    faults = []
    for who in (reader, member):
        for path in paths:
            who.person.goto(path)
            stops = who.walk()
            assert len(stops) > 20
            faults += [f"{path}: {fault}: {stop.told}" for stop in stops for fault in stop.faults]
            faults += [
                f"{path}: after {one.told}: {other.told}"
                for one, other in pairwise(stops)
                if other.place < one.place or (other.place == one.place and not one.is_player)
            ]
    assert faults == []


def test_from_the_skip_link_over_the_menu_into_an_article(little_site, keyboard):
    reader = keyboard()
    reader.person.goto("/")
    reader.press("Tab")
    assert reader.is_on("a.skip")
    assert reader.stop().faults == ()
    reader.press("Enter", "Tab")
    assert reader.is_on("main a")
    reader.tab_to(".site-head .nav a[href='/specialites/']", key="Shift+Tab")
    reader.enter()

    reader.tab_to("main a[href='/specialites/cardiologie/']")
    reader.enter()
    reader.tab_to(".pages a[rel=next]")
    reader.enter()
    reader.tab_to("main a[href='/articles/essai/']")
    reader.enter()
    assert "essai qui change" in plain(reader.page.inner_text("h1"))

    reader.tab_to(".prose sup a")
    reader.press("Enter", "Tab")
    assert reader.is_on("#ref-1 a")
    reader.tab_to("#ref-1 a[href^='#']")
    reader.press("Enter", "Tab")
    assert reader.is_on(".prose a")


def test_searching_with_suggestions(little_site, keyboard):
    reader = keyboard()
    reader.person.goto("/")
    reader.tab_to(".site-head a[href='/recherche/']")
    reader.enter()
    assert reader.is_on("#q")
    reader.type("insuff")
    reader.page.wait_for_selector("#q[aria-expanded=true]")

    reader.press("ArrowDown")
    chosen = reader.page.locator("[role=option][aria-selected=true]")
    assert "Insuffisance" in chosen.inner_text()
    assert reader.page.get_attribute("#q", "aria-activedescendant") == chosen.get_attribute("id")
    reader.press("Escape")
    assert reader.page.get_attribute("#q", "aria-expanded") == "false"
    assert reader.page.input_value("#q") == "insuff"
    assert reader.is_on("#q")

    reader.press("ArrowDown")
    reader.page.wait_for_selector("#q[aria-expanded=true]")
    reader.press("ArrowDown")
    reader.enter()
    assert reader.page.url.endswith("/articles/essai/")

    reader.person.goto("/recherche/?q=essai")
    reader.tab_to("#specialite")
    reader.press("ArrowDown")
    reader.tab_to("main .narrow button")
    reader.enter()
    assert "specialite=cardiologie" in reader.page.url
    reader.tab_to("main ul a[href*='q=essai']:has(use[href='#i-cross'])")
    reader.enter()
    assert "specialite" not in reader.page.url


def test_listening(little_site, keyboard):
    reader = keyboard()
    reader.person.goto(little_site.podcast.get_absolute_url())
    reader.tab_to("audio")
    reader.press("Space")
    wait_until(lambda: not reader.page.evaluate("document.querySelector('audio').paused"))
    reader.press("Space")
    wait_until(lambda: reader.page.evaluate("document.querySelector('audio').paused"))

    reader.tab_to("a[data-seek='12']")
    reader.press("Enter")
    wait_until(lambda: reader.page.evaluate("document.querySelector('audio').currentTime") >= 12)
    assert reader.stop().faults == ()
    reader.tab_to("#transcription summary")
    reader.press("Enter")
    assert reader.page.get_by_text("bonjour").is_visible()


def test_voting_and_arguing(little_site, keyboard, camille):
    reader = keyboard()
    reader.person.sign_in(camille)
    reader.person.goto(little_site.debate.get_absolute_url())
    reader.page.wait_for_selector("#debat-position form[method=post]")
    reader.tab_to("#debat-position .vote__oui input")
    reader.press("ArrowRight")
    assert reader.is_on("#debat-position .vote__non input:checked")
    assert reader.stop().faults == ()
    reader.tab_to("#id_argument")
    reader.type("Le réfrigérateur du cabinet n’a pas d’alarme.")
    reader.tab_to("#debat-position button")
    reader.enter()

    assert "Votre position : Non" in " ".join(plain(reader.page.inner_text("main")).split())
    assert Vote.objects.get(voter=camille).choice.label == "Non"
    # The way goes on from the result.
    reader.press("Tab")
    assert reader.is_on("#resultat ~ * *")

    reader.person.goto(little_site.debate.get_absolute_url())
    reader.tab_to(".camp--oui .cmt summary")
    assert not reader.page.get_by_text("ne revient pas deux fois").is_visible()
    reader.press("Enter")
    assert reader.page.get_by_text("ne revient pas deux fois").is_visible()


def test_answering_a_consultation(little_site, keyboard, camille):
    reader = keyboard()
    reader.person.sign_in(camille)
    reader.person.goto(little_site.poll.get_absolute_url())
    reader.page.wait_for_selector("#consultation-reponse form[method=post]")
    reader.tab_to("#consultation-reponse input[type=radio]")
    reader.press("Space", "ArrowDown")
    reader.tab_to("#consultation-reponse button")
    reader.enter()

    assert "Votre réponse : Des consultations" in plain(reader.page.inner_text("main"))
    assert Vote.objects.get(voter=camille).choice.label == "Des consultations"


def test_sorting_turning_pages_and_replying(little_site, keyboard, camille):
    reader = keyboard()
    reader.person.sign_in(camille)
    reader.person.goto(little_site.story.get_absolute_url())
    reader.tab_to(".art-head a[href='#commentaires']")
    reader.press("Enter", "Tab")
    assert reader.is_on("#commentaires *")
    reader.tab_to("#commentaires a[href*='tri=anciens']")
    reader.enter()
    reader.press("Tab")
    assert reader.is_on("#commentaires *")
    reader.tab_to("#commentaires .pages a[rel=next]")
    reader.enter()
    assert "Message n° 20." in plain(reader.page.inner_text("#commentaires"))

    reader.tab_to("#commentaires .cmt a[href*='reponse=']")
    reader.enter()
    reader.tab_to("textarea")
    reader.type("D’accord avec vous, et voir https://exemple.example/ aussi.")
    reader.tab_to("main form button")
    reader.enter()
    assert "En attente de modération : visible par vous uniquement" in plain(reader.page.inner_text("main"))
    assert Comment.objects.get(author=camille).parent.source == "Message n° 20."
