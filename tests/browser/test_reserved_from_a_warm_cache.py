"""A reserved text while pages are kept: a professional reads it, and nobody else gets a word, whoever came first."""

import gzip
from html import unescape
from types import SimpleNamespace
from urllib.parse import unquote

import brotli
import pytest
from django.core.files.base import ContentFile
from redis import Redis

from articles.correcting import correct
from articles.models import Article, Reference
from articles.selecting import fill
from newsroom.accounts.models import User
from newsroom.discussions.posting import bring_in
from tests.browser.sounds import sound_of
from tests.factories.articles import ArticleFactory, SelectionFactory
from tests.factories.debates import debate_of
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

# Words that stand in no other text, so that no part of the sentence may be found either.
MARKER = "zibelinevermeille quatorzegouttes"
TOKENS = ("zibelinevermeil", "quatorzegoutte")
STANDFIRST = "Ce que chacun peut savoir du stellazépam."
PAGES = ("/", "/articles/", "/selections/redaction/", "/recherche/?q=stellazepam", "/flux/articles.rss")


@pytest.fixture
def _kept(stage, settings):
    """Have pages kept, in the test's own Redis; what the test changes reaches them as from another process."""
    settings.PAGE_CACHE = True
    settings.PAGE_CACHE_URL = stage.redis.place.url(0)
    stage.environment["JOURNEY_PAGE_CACHE"] = "1"


@pytest.fixture
def site(_kept, web):
    """The web server with its page cache, nobody behind it."""
    return web


@pytest.fixture
def story():
    """An article for professionals, with the sentence in every part of its text."""
    chief = User.objects.create(email="chef@example.test", is_superuser=True)
    story = ArticleFactory(
        title="Stellazépam : la dose du soir",
        slug="dose-du-soir",
        standfirst=STANDFIRST,
        body=f"<p>{MARKER} [1].</p>",
        key_points=f"{MARKER}, en bref",
        transcript=f"Dre Anne D. : {MARKER}, dit-elle.",
        chapter_lines=f"00:00 {MARKER}, début",
        audio_seconds=5,
        format=Article.Format.PODCAST,
        audience=Article.Audience.PROFESSIONALS,
    )
    story.audio.save("essai.wav", ContentFile(sound_of(5)))
    Reference.objects.create(article=story, text=f"{MARKER}, étude", doi="10.5555/1")
    correct(story, f"{MARKER}, corrigé", chief, kind="figure")
    bring_in(story.thread, text="Un avis.", author_name="Dr A.", at=story.published_at)
    fill(SelectionFactory(title="La sélection", slug="redaction"), [story], by=chief)
    debate_of(slug="soir").articles.add(story)
    yield story
    story.audio.storage.delete(story.audio.name)


class Listener:
    """Stands between a visitor's browser and the site, and hears every answer."""

    def __init__(self, person):
        self.person, self.page, self.answers = person, person.page, []
        person.context.route(f"{person.url}/**", self._pass_on)

    def _pass_on(self, route):
        answer = route.fetch(max_redirects=0)
        self._hear(answer)
        route.fulfill(response=answer)

    def _hear(self, answer):
        kind = answer.headers.get("content-type", "")
        words = answer.text() if kind.startswith(("text/", "application/")) else ""
        headers = [f"{header['name']}: {header['value']}" for header in answer.headers_array]
        told = "\n".join([*headers, words])
        self.answers.append(SimpleNamespace(url=answer.url, headers=answer.headers, told=told))

    def goes(self, *paths):
        """Open each address, feeds as a program does."""
        for path in paths:
            if path.startswith("/flux/"):
                self._hear(self.page.request.get(self.person.url + path))
            else:
                self.person.goto(path)

    def telling(self):
        """Return the answers that hold a part of the sentence."""
        return [answer for answer in self.answers if tells(answer.told)]


def tells(text):
    folded = unescape(unquote(text)).lower()
    return [token for token in TOKENS if token in folded]


def is_shared(headers):
    """Say whether caches between the site and its readers may keep an answer for others."""
    asked = headers.get("cache-control", "")
    return not ("private" in asked or "no-store" in asked)


def everything_in(store):
    """Return all that is in every database of a Redis, as text: names, and values packed or not."""
    told = []
    for number in range(2):
        server = Redis.from_url(store.place.url(number))
        for key in server.scan_iter("*"):
            told.append(key)
            kind = server.type(key)
            if kind == b"hash":
                told += [part for pair in server.hgetall(key).items() for part in pair]
            elif kind == b"string":
                told.append(server.get(key))
            elif kind == b"set":
                told += server.smembers(key)
            elif kind == b"zset":
                told += server.zrange(key, 0, -1)
            elif kind == b"list":
                told += server.lrange(key, 0, -1)
        server.close()
    return "\n".join(unpacked(value) for value in told)


def unpacked(value):
    for unpack in (gzip.decompress, brotli.decompress):
        try:
            return unpack(value).decode()
        except (OSError, EOFError, UnicodeDecodeError, brotli.error):
            continue
    return value.decode(errors="replace")


def test_a_professional_reads_what_nobody_else_gets_from_a_warm_cache(story, visitor, camille, lea, redis):
    page, text = story.get_absolute_url(), story.get_reserved_url()
    anybody, professional, reader = Listener(visitor()), Listener(visitor()), Listener(visitor())

    def warm():
        """Return what anybody gets of the article, once it comes from the cache."""
        answer = anybody.page.request.get(anybody.person.url + page)
        return answer.text() if answer.headers.get("x-cache") == "HIT" else None

    anybody.goes(*PAGES, page, text)
    assert STANDFIRST in wait_until(warm)

    professional.person.sign_in(camille)
    professional.goes(page)
    professional.page.get_by_role("link", name="Lire en tant que professionnel").click()
    professional.page.wait_for_load_state("networkidle")
    assert professional.page.url.endswith(text)
    shown = professional.page.inner_text("main")
    assert MARKER in professional.page.inner_text(".prose:not(.player__text) > p")
    assert [part for part in ("en bref", "début", "étude", "corrigé") if f"{MARKER}, {part}" not in shown] == []
    professional.goes(*PAGES, page, text, page, *PAGES)
    reader.person.sign_in(lea)
    reader.goes(page, text, *PAGES)
    anybody.goes(*PAGES, page, text, *PAGES, page)

    assert STANDFIRST in warm()
    assert "zibeline" not in warm()
    assert anybody.telling() == []
    assert reader.telling() == []
    told = professional.telling()
    assert {answer.url.removeprefix(professional.person.url) for answer in told} == {text}
    assert [answer.url for answer in told if is_shared(answer.headers) or "x-cache" in answer.headers] == []
    # Of the answers that others may get there are many, or this would prove nothing.
    shared = [answer for answer in professional.answers if is_shared(answer.headers) and "/static/" not in answer.url]
    assert len(shared) > len(PAGES)
    kept = everything_in(redis)
    assert STANDFIRST in kept
    assert tells(kept) == []


def test_who_takes_the_chair_of_a_professional_reads_nothing_by_going_back(story, visitor, camille):
    professional = visitor()
    professional.sign_in(camille)
    professional.goto(story.get_reserved_url())
    assert MARKER in professional.page.inner_text("main")
    professional.goto("/compte/deconnexion/")
    with professional.page.expect_navigation(wait_until="networkidle"):
        professional.page.locator("main form button").click()

    for _time in range(2):
        professional.page.go_back(wait_until="networkidle")
        assert tells(professional.page.content()) == []
    assert professional.page.url.startswith(f"{professional.url}/compte/connexion/?next=")
