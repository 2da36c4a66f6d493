"""What every public page says to machines in JSON-LD: known types, each with the fields that it must have."""

from datetime import datetime
from urllib.parse import urlsplit

import pytest

from tests.page_facts import Facts
from tests.validity.asking import answer_to, browsers_of
from tests.validity.states import NOBODY, states_of

pytestmark = pytest.mark.django_db

# What search engines ask of an article (developers.google.com, "Article"), and what every article here has besides.
ARTICLE = {
    *("headline", "image", "datePublished", "dateModified", "author", "publisher", "mainEntityOfPage"),
    *("isAccessibleForFree", "inLanguage", "commentCount", "discussionUrl", "articleSection"),
}
# By type, what it must say; a type that does not stand here fails the test.
REQUIRED = {
    "NewsArticle": ARTICLE,
    "ReportageNewsArticle": ARTICLE,
    "BackgroundNewsArticle": ARTICLE,
    "OpinionNewsArticle": ARTICLE,
    "AdvertiserContentArticle": {*ARTICLE, "sponsor"},
    "DiscussionForumPosting": {
        *("author", "datePublished", "headline", "text", "url", "mainEntityOfPage", "interactionStatistic"),
        *("commentCount", "inLanguage"),
    },
    "Comment": {"author", "datePublished", "text", "url"},
    "CorrectionComment": {"datePublished", "text", "url"},
    "InteractionCounter": {"interactionType", "userInteractionCount"},
    "ProfilePage": {"mainEntity", "url", "inLanguage"},
    "Person": {"name"},
    "Organization": {"name"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "PodcastEpisode": {
        *("name", "url", "datePublished", "associatedMedia", "partOfSeries", "timeRequired", "description"),
        "inLanguage",
    },
    "PodcastSeries": {"name", "url", "webFeed"},
    "AudioObject": {"contentUrl", "duration"},
    "NewsMediaOrganization": {"name", "url", "logo", "correctionsPolicy"},
    "ImageObject": {"url", "width", "height"},
    "WebSite": {"name", "url", "publisher", "potentialAction", "inLanguage"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "WebPageElement": {"cssSelector", "isAccessibleForFree"},
    "CreativeWork": {"name"},
}
ADDRESSES = ("url", "@id", "contentUrl", "webFeed", "urlTemplate", "discussionUrl", "item", "mainEntityOfPage")


@pytest.fixture
def told(house):
    """Every block of every public page, by the page's address."""
    browser_of = browsers_of(house)
    public = [state for state in states_of(house) if state == (NOBODY, state.path, 200, None)]
    pages = {state.path: answer_to(browser_of, state).content.decode() for state in public}
    return {path: Facts(html).blocks for path, html in pages.items() if "<html" in html}


def things_in(data):
    """Yield everything in a block that has a type, the block included."""
    if isinstance(data, dict):
        if "@type" in data:
            yield data
        data = list(data.values())
    if isinstance(data, list):
        for value in data:
            yield from things_in(value)


def faults_of(thing):
    """Return what is wrong with one thing, in words."""
    kind = thing["@type"]
    if kind not in REQUIRED:
        return [f"{kind}: unknown"]
    lacking = [name for name in REQUIRED[kind] if thing.get(name) in (None, "", [], {})]
    relative = [name for name in ADDRESSES if isinstance(thing.get(name), str) and not urlsplit(thing[name]).netloc]
    zoneless = [name for name in thing if name.startswith("date") and not datetime.fromisoformat(thing[name]).tzinfo]
    return [f"{kind}: {name}" for name in (*lacking, *relative, *zoneless)]


def test_every_block_has_what_its_type_must_say(told):
    faults = {
        path: found
        for path, blocks in told.items()
        if (found := [fault for block in blocks for thing in things_in(block) for fault in faults_of(thing)])
    }

    assert faults == {}


def test_every_type_that_readers_come_by_is_seen(told):
    kinds = {thing["@type"] for blocks in told.values() for block in blocks for thing in things_in(block)}

    assert kinds == set(REQUIRED) - {"ReportageNewsArticle", "BackgroundNewsArticle"}


def test_a_breadcrumb_counts_from_one_and_ends_at_its_page(told):
    crumbs = [block for blocks in told.values() for block in blocks if block["@type"] == "BreadcrumbList"]

    assert len(crumbs) > 20
    for crumb in crumbs:
        items = crumb["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        assert items[0]["item"] == "http://testserver/"
