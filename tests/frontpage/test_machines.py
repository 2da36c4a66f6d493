"""robots.txt, the manifest, OpenSearch, security.txt, and the head of every public page."""

import datetime as dt

import pytest
from defusedxml import ElementTree
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from PIL import Image

from articles.models import Selection
from newsroom.settings import env
from tests.factories.debates import debate_of
from tests.factories.full_article import full_article
from tests.factories.polls import PollFactory
from tests.page_facts import facts_of

pytestmark = pytest.mark.django_db


def text_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def groups_of(robots):
    """Return the rules of each agent, by agent."""
    rules, agents = {}, []
    is_heading = False
    for line in filter(None, (line.partition("#")[0].strip() for line in robots.splitlines())):
        name, _colon, value = line.partition(":")
        if name == "User-agent":
            agents = [*agents, value.strip()] if is_heading else [value.strip()]
            is_heading = True
        elif name in {"Allow", "Disallow"}:
            is_heading = False
            for agent in agents:
                rules.setdefault(agent, []).append((name, value.strip()))
    return rules


def test_robots_are_told_what_is_private_and_where_the_maps_are(client):
    robots = text_of(client, "/robots.txt")
    rules = groups_of(robots)["*"]

    assert {path for kind, path in rules if kind == "Disallow"} >= {"/recherche/", "/moi/", "/compte/", "/moderation/"}
    assert "Sitemap: http://testserver/sitemap.xml" in robots
    assert settings.ADMIN_PATH not in robots
    assert "Crawl-delay" not in robots


def test_crawlers_for_language_models_are_refused_by_name(client, settings):
    settings.AI_CRAWLERS, settings.AI_CRAWLER_AGENTS = "refuse", ["GPTBot", "CCBot"]

    rules = groups_of(text_of(client, "/robots.txt"))

    assert rules["GPTBot"] == rules["CCBot"] == [("Disallow", "/")]
    assert ("Allow", "/") in rules["*"]


def test_or_they_are_welcome(client, settings):
    settings.AI_CRAWLERS = "allow"

    assert list(groups_of(text_of(client, "/robots.txt"))) == ["*"]


def test_a_policy_that_is_none_stops_the_start(monkeypatch):
    monkeypatch.setenv("AI_CRAWLERS", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="AI_CRAWLERS: 'perhaps' is none of refuse, allow"):
        env.one_of("AI_CRAWLERS", ["refuse", "allow"])

    monkeypatch.setenv("AI_CRAWLERS", "Allow")
    assert env.one_of("AI_CRAWLERS", ["refuse", "allow"]) == "allow"


def test_security_txt_has_what_the_standard_asks_for(client, settings):
    settings.SECURITY_EMAIL, settings.SECURITY_POLICY_URL = "securite@example.org", "https://example.org/politique"

    lines = [line.partition(": ")[::2] for line in text_of(client, "/.well-known/security.txt").splitlines()]
    told = dict(reversed(lines))

    assert [value for name, value in lines if name == "Contact"] == [
        "mailto:securite@example.org",
        "http://testserver/contact/",
    ]
    left = dt.datetime.fromisoformat(told["Expires"]) - timezone.now()
    assert dt.timedelta(days=100) < left < dt.timedelta(days=365)
    assert told["Canonical"] == "http://testserver/.well-known/security.txt"
    assert told["Preferred-Languages"] == "fr, en"
    assert told["Policy"] == "https://example.org/politique"


def test_without_an_address_the_contact_page_stands_alone(client):
    told = text_of(client, "/.well-known/security.txt")

    assert told.count("Contact:") == 1
    assert "Policy" not in told


def test_the_search_is_described_to_browsers(client):
    description = ElementTree.fromstring(client.get("/opensearch.xml").content)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"

    assert len(description.find(f"{space}ShortName").text) <= 16
    addresses = {url.get("type"): url.get("template") for url in description.iter(f"{space}Url")}
    assert addresses["text/html"] == "http://testserver/recherche/?q={searchTerms}"
    assert description.find(f"{space}Image").text == "http://testserver/static/img/icon-192.png"


def test_the_manifest_names_icons_that_are_there_in_their_size(client, settings):
    settings.SITE_NAME = "L’Observance du matin"
    answer = client.get("/manifest.webmanifest")
    told = answer.json()

    assert answer["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["lang"], told["name"]) == ("/", "fr", "L’Observance du matin")
    assert told["short_name"] == "L’Observance"
    assert {icon.get("purpose") for icon in told["icons"]} >= {"any", "maskable"}
    for icon in told["icons"]:
        if icon["type"] == "image/png":
            with Image.open(settings.ROOT / "newsroom" / icon["src"].lstrip("/")) as picture:
                assert icon["sizes"] == f"{picture.width}x{picture.height}"
    assert all(client.get(shortcut["url"]).status_code == 200 for shortcut in told["shortcuts"])


@pytest.fixture
def public_addresses(select):
    """One of every public page."""
    story = full_article(comments=1)
    select("redaction", [story])
    selection = Selection.objects.get(slug="redaction")
    things = [story, story.primary_specialty, story.tags.first(), story.bylines.first().author, selection]
    things += [debate_of(), PollFactory()]
    lists = ["/", "/articles/", "/articles/?format=podcast", "/specialites/", "/debats/", "/consultations/"]
    lists += ["/corrections/", "/contact/", "/charte/", f"{selection.get_absolute_url()}editions/"]
    return [*lists, *(thing.get_absolute_url() for thing in things)]


def test_every_public_page_tells_its_address_and_how_a_link_to_it_looks(client, public_addresses):
    for address in public_addresses:
        told = facts_of(client, address)
        assert told.linked("canonical") == [f"http://testserver{address}"], address
        assert told.metas["og:url"] == told.linked("canonical"), address
        assert told.language == "fr"
        assert told.metas["og:locale"] == ["fr_FR"]
        for name in ("og:title", "og:type", "og:description", "og:image", "og:image:alt", "og:site_name"):
            (value,) = told.metas[name]
            assert value.strip(), (address, name)
        assert told.metas["twitter:card"] == ["summary_large_image"]
        assert (told.metas["og:image:width"], told.metas["og:image:height"]) == (["1200"], ["630"])
        assert told.metas["og:image"][0].startswith("http://testserver/")
        assert len(told.metas["theme-color"]) == 2
        assert told.linked("manifest") == ["/manifest.webmanifest"]
        assert told.linked("apple-touch-icon") == ["/static/img/apple-touch-icon.png"]


def test_every_breadcrumb_is_told_to_machines_as_it_is_shown(client, public_addresses):
    for address in public_addresses:
        html = text_of(client, address)
        if 'class="crumb"' not in html:
            assert address == "/"
            continue
        told = facts_of(client, address).of_type("BreadcrumbList")["itemListElement"]
        assert [item["position"] for item in told] == list(range(1, len(told) + 1))
        assert told[0]["name"] == "Accueil"
        assert told[0]["item"] == "http://testserver/"
        assert all(item["name"] and item["item"].startswith("http://testserver/") for item in told)
        assert html.partition('class="crumb"')[2].partition("</nav>")[0].count("<li>") == len(told)


def test_a_later_page_of_a_list_is_an_address_of_its_own(client):
    for _number in range(21):
        PollFactory()

    assert facts_of(client, "/consultations/?page=2").linked("canonical") == ["http://testserver/consultations/?page=2"]


def test_a_page_that_is_not_there_repeats_nothing_of_the_address(client):
    answer = client.get("/articles/absent-xyz/")

    assert answer.status_code == 404
    assert "absent-xyz" not in answer.content.decode()
    assert 'rel="canonical"' not in answer.content.decode()


def test_the_home_page_says_who_publishes_and_how_to_search(client):
    told = facts_of(client, "/")

    house, site = told.of_type("NewsMediaOrganization"), told.of_type("WebSite")
    assert house["name"] == site["name"] == "L’Observance"
    assert site["publisher"] == {"@id": house["@id"]}
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://testserver/recherche/?q={search_term_string}"
    assert action["query-input"] == "required name=search_term_string"
    assert client.get(house["correctionsPolicy"].removeprefix("http://testserver")).status_code == 200
