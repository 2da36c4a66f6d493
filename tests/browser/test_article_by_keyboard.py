"""An article without a mouse: from its title to the first comment, and from chapter to chapter."""

import pytest
from django.core.files.base import ContentFile

from articles.models import Article
from tests.browser.conftest import NARROW
from tests.browser.sounds import sound_of
from tests.factories.articles import ArticleFactory
from tests.factories.full_article import full_article
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

MOST_PRESSES = 15
FOCUSED = "document.activeElement.matches({selector!r})"


def presses_until(page, selector):
    """Press Tab until something that matches has the focus; return how often."""
    for presses in range(1, MOST_PRESSES + 1):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED.format(selector=selector)):
            return presses
    return MOST_PRESSES * 10


@pytest.mark.parametrize("look", [{}, {"viewport": NARROW}], ids=["wide", "narrow"])
def test_the_first_comment_is_fifteen_presses_from_the_title_at_most(visitor, look):
    story = full_article(comments=3)
    person = visitor(**look)
    person.goto(story.get_absolute_url())

    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    to_the_title = presses_until(person.page, ".art-head a")
    to_the_count = presses_until(person.page, ".art-head a[href='#commentaires']")
    person.page.keyboard.press("Enter")
    to_a_comment = presses_until(person.page, ".cmt a, .cmt button")

    assert to_the_title < MOST_PRESSES
    assert to_the_count + 1 + to_a_comment <= MOST_PRESSES


@pytest.fixture
def podcast(db):
    """A podcast of a minute, its sound where the server finds it; the file goes when the test ends."""
    story = ArticleFactory(
        format=Article.Format.PODCAST, audio_seconds=60, chapter_lines="00:00 Début\n00:12 Suite\n00:40 Fin"
    )
    story.audio.save("essai.wav", ContentFile(sound_of(60)))
    name, files = story.audio.name, story.audio.storage
    yield story
    files.delete(name)


def heard(person):
    """Return the second at which the player stands."""
    return person.page.evaluate("document.querySelector('audio').currentTime")


def test_a_chapter_moves_the_player_and_so_does_an_address(visitor, podcast):
    person = visitor()
    address = podcast.get_absolute_url()
    person.goto(address)

    person.page.locator("a[data-seek='12']").focus()
    person.page.keyboard.press("Enter")

    # Asked from here: what is asked again and again within the page would be eval, which the policy refuses.
    wait_until(lambda: heard(person) >= 12)
    person.page.wait_for_selector("a[data-seek='12'][aria-current]")
    assert person.page.url.endswith(address)

    person.goto(f"{address}#t=40")
    wait_until(lambda: heard(person) >= 40)
    assert person.complaints == []
