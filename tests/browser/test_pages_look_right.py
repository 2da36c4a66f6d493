"""No console error, CSP violation or axe violation: every page that readers see, light and dark, wide and narrow."""

from types import SimpleNamespace

import pytest
from django.core.files.storage import default_storage

from newsroom.discussions.models import Comment
from tests.browser.conftest import NARROW, WIDE
from tests.factories.articles import ArticleFactory
from tests.factories.debates import debate_of
from tests.validity import conftest as validity
from tests.validity.asking import answer_to, browsers_of, pages_without_an_address
from tests.validity.furnishing import confirm, furnish
from tests.validity.states import EMPTY, PARTS

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

cast = validity.cast
LOOKS = [(scheme, size) for scheme in ("light", "dark") for size in (WIDE, NARROW)]


@pytest.fixture
def house(cast):
    """A site with something in every place, its files where the web server finds them."""
    house = furnish(cast)
    yield house
    renditions = [one.file.name for one in house.picture.renditions.all()]
    for name in (house.podcast.audio.name, house.picture.file.name, *renditions):
        default_storage.delete(name)


@pytest.fixture
def onlookers(visitor):
    """Return what gives the visitor at a browser who is signed in as a test client is: they share the session."""
    looking = {}

    def onlooker(who, client):
        if who not in looking:
            looking[who] = person = visitor(reduced_motion="reduce")
            cookies = [{"name": name, "value": one.value, "url": person.url} for name, one in client.cookies.items()]
            person.context.add_cookies(cookies)
        return looking[who]

    return onlooker


def faults_of(person, path, status=200):
    """Return what is wrong with a page in any of its looks; a refusal's own status is none of its faults."""
    person.complaints.clear()
    person.goto(path)
    faults = [said for said in person.complaints if status == 200 or f"status of {status}" not in said]
    for scheme, size in LOOKS:
        person.page.emulate_media(color_scheme=scheme)
        person.page.set_viewport_size(size)
        found = person.violations()
        if person.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("scrolls sideways")
        faults += [f"{path}, {scheme}, {size['width']}: {fault}" for fault in found]
    return faults


def faults_in(person, name, html):
    """Return what is wrong with a page that no address gives: it is put in the place of one."""
    path = "/mis-en-place/"
    person.page.route(f"**{path}", lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    faults = faults_of(person, path)
    person.page.unroute(f"**{path}")
    return [f"{name}: {fault}" for fault in faults]


@pytest.mark.parametrize("part", PARTS)
def test_a_full_site(house, onlookers, part):
    browser_of, faults = browsers_of(house), []
    for state in PARTS[part](house):
        if state.is_part:
            continue
        client = browser_of(state.who)
        person = onlookers(state.who, client)
        if state.sent is None:
            faults += faults_of(person, state.path, state.status)
        else:
            faults += faults_in(person, f"sent to {state.path}", answer_to(browser_of, state).content.decode())

    assert faults == []


def test_an_empty_site(lea, moderator, onlookers):
    confirm(lea, moderator)
    browser_of = browsers_of(SimpleNamespace(lea=lea, moderator=moderator))

    faults = [
        fault
        for state in EMPTY
        for fault in faults_of(onlookers(state.who, browser_of(state.who)), state.path, state.status)
    ]

    assert faults == []


def test_pages_that_no_address_gives(visitor, db):
    person = visitor(reduced_motion="reduce")

    assert [fault for name, html in pages_without_an_address().items() for fault in faults_in(person, name, html)] == []


@pytest.fixture
def debated(camille):
    """An article under which one writes, and a debate in which one votes."""
    article, debate = ArticleFactory(title="Une nuit de garde"), debate_of()
    debate.articles.add(article)
    return {"article": article.get_absolute_url(), "debate": debate.get_absolute_url()}


def test_voting_and_writing_work_without_javascript(debated, visitor, camille, chromium):
    person = visitor(java_script_enabled=False)
    person.sign_in(camille)

    person.goto(debated["debate"])
    person.page.locator("#debat-position input[type=radio]").first.check(force=True)
    person.page.locator("#debat-position button[type=submit]").click()
    person.page.get_by_role("button", name="Publier ma position").click()
    assert "Votre position" in person.page.inner_text("main")

    person.goto(debated["article"])
    person.page.get_by_role("link", name="Écrire un commentaire").click()
    person.page.fill("textarea", "Un mot sans script.")
    person.page.get_by_role("button", name="Envoyer").click()
    assert Comment.objects.filter(source="Un mot sans script.", author=camille).exists()


def test_a_signed_out_vote_survives_signing_in(debated, visitor, camille):
    person = visitor()
    person.goto(debated["debate"])
    person.page.locator("#debat-position input[type=radio]").first.check(force=True)
    person.page.locator("#debat-position button[type=submit]").click()
    person.fill_in_sign_in(camille)

    assert person.page.locator("input[type=radio]").first.is_checked()
