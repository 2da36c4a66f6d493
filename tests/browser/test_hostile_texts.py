"""What a browser makes of rendered texts: nothing of them runs, and no player loads before it is asked for."""

import pytest
from django.conf import settings

from newsroom.core.rendering import render_article
from tests.articles.test_hostile_texts import VECTORS
from tests.journeys.conftest import wait_until

SCRIPT = (settings.ROOT / "newsroom/static/js/embeds.js").read_text()
STYLE = (settings.ROOT / "newsroom/static/css/site.css").read_text()
ORIGIN = "http://texte.test"
PIECES = {
    "https://www.youtube.com/watch?v=dQw4w9WgXcQ": "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1",
    "https://vimeo.com/76979871": "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1",
    "https://www.dailymotion.com/video/x8abcd1": "https://geo.dailymotion.com/player.html?video=x8abcd1",
    "https://shows.acast.com/le-serment/episodes/garde": "https://embed.acast.com/le-serment/garde",
}


class Page:
    """A page with a text on it, served from memory; remembers every address that was asked for."""

    def __init__(self, chromium, text, policy, **context):
        self.asked, self.complaints = [], []
        self.tab = chromium.new_context(**context).new_page()
        self.html = (
            f'<!doctype html><html lang="fr"><link rel="stylesheet" href="/site.css"><main class="wrap">'
            f'<div class="prose">{text}</div></main><script type="module" src="/embeds.js"></script></html>'
        )
        self.policy = policy
        self.tab.on("dialog", lambda dialog: (self.complaints.append(dialog.message), dialog.dismiss()))
        self.tab.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.tab.route("**/*", self._answer)
        self.tab.goto(f"{ORIGIN}/")
        self.tab.wait_for_load_state("networkidle")

    def _answer(self, route):
        address = route.request.url
        self.asked.append(address)
        kinds = {
            f"{ORIGIN}/": (self.html, "text/html; charset=utf-8"),
            f"{ORIGIN}/embeds.js": (SCRIPT, "text/javascript"),
            f"{ORIGIN}/site.css": (STYLE, "text/css"),
        }
        body, kind = kinds.get(address, ("<p>lecteur</p>", "text/html"))
        headers = {"Content-Security-Policy": self.policy} if self.policy and address == f"{ORIGIN}/" else {}
        route.fulfill(body=body, content_type=kind, headers=headers)

    @property
    def elsewhere(self):
        return [address for address in self.asked if not address.startswith(ORIGIN)]


@pytest.fixture
def policy():
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    frames = " ".join(["'self'", *directives["frame-src"][1:]])
    return f"default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; frame-src {frames}"


def test_nothing_of_a_hostile_text_runs_even_without_a_content_policy(chromium):
    page = Page(chromium, "".join(f"<p>avant</p>{render_article(vector)}<p>après</p>" for vector in VECTORS), policy="")

    page.tab.mouse.move(200, 200)
    for element in page.tab.locator(".prose [tabindex], .prose summary, .prose input").all():
        element.focus()

    assert page.complaints == []
    assert page.elsewhere == []
    active = "script, iframe, object, embed, form, style, link, meta, base, svg, math"
    assert page.tab.locator(f".prose :is({active})").count() == 0
    names = page.tab.evaluate("[...document.querySelectorAll('.prose *')].flatMap(e => e.getAttributeNames())")
    assert [name for name in names if name.startswith(("on", "style", "data-", "hx-"))] == []


@pytest.mark.parametrize(("piece", "player"), PIECES.items())
def test_a_player_loads_when_it_is_asked_for_and_not_before(chromium, policy, piece, player):
    text = render_article(f'<figure class="media"><oembed url="{piece}"></oembed></figure>')
    page = Page(chromium, text, policy)
    assert page.elsewhere == []

    page.tab.locator("figure.embed a").focus()
    page.tab.keyboard.press("Enter")
    page.tab.frame_locator("figure.embed iframe").locator("p").wait_for()

    frame = page.tab.locator("figure.embed iframe")
    assert page.elsewhere == [player]
    assert "allow-top-navigation" not in frame.get_attribute("sandbox")
    assert frame.get_attribute("title")
    assert page.tab.url == f"{ORIGIN}/"
    assert page.complaints == []


def test_without_scripts_the_link_leads_to_the_provider(chromium, policy):
    text = render_article('<oembed url="https://vimeo.com/76979871"></oembed>')
    page = Page(chromium, text, policy, java_script_enabled=False)

    page.tab.locator("figure.embed a").click()
    page.tab.wait_for_url("https://vimeo.com/**")

    assert page.tab.url == "https://vimeo.com/76979871"


def test_a_link_that_only_looks_like_a_piece_stays_a_link(chromium, policy):
    forged = '<figure class="box embed"><a href="https://vimeo.com/76979871@evil.example/">x</a></figure>'
    page = Page(chromium, forged, policy)

    page.tab.locator("figure.embed a").click()
    page.tab.wait_for_url("https://vimeo.com/**")

    assert page.tab.locator("iframe").count() == 0


def test_a_wide_table_scrolls_by_itself_and_by_keyboard_and_the_page_does_not(chromium, policy):
    cells = "".join(f"<td>contre-indication{at}</td>" for at in range(20))
    text = render_article(f"<table><caption>Doses</caption><tr>{cells}</tr></table>")
    page = Page(chromium, text, policy, viewport={"width": 320, "height": 640})

    width = page.tab.evaluate("document.documentElement.scrollWidth")
    figure = page.tab.locator("figure.table")
    figure.focus()
    page.tab.keyboard.press("ArrowRight")
    # Asked from here: what Playwright asks again and again within the page would be eval, which the policy refuses.
    wait_until(lambda: figure.evaluate("element => element.scrollLeft > 0"))

    assert width <= 320
    assert figure.evaluate("element => element.scrollWidth > element.clientWidth")
