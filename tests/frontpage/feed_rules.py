"""What a feed must be to be a feed, word for word where its specification says so. Nothing here knows our code."""

import json
import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import UUID

from defusedxml.ElementTree import fromstring

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MEDIA = "{http://search.yahoo.com/mrss/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
# RSS 2.0, "Elements of <item>" and "Optional channel elements".
OF_ITEM = {"title", "link", "description", "author", "category", "comments", "enclosure", "guid", "pubDate", "source"}
OF_CHANNEL = {"title", "link", "description", "language", "copyright", "lastBuildDate", "pubDate", "image", "ttl"}
# RFC 4287, section 4.1.2.
OF_ENTRY = {"author", "category", "content", "id", "link", "published", "summary", "title", "updated", "rights"}
OF_JSON_ITEM = {
    *("id", "url", "title", "summary", "content_html", "content_text", "image", "date_published", "date_modified"),
    *("authors", "tags", "attachments"),
}


def is_absolute(address):
    return urlsplit(address).scheme in {"http", "https"} and bool(urlsplit(address).netloc)


def checked_rss(content):
    """Return the channel of an RSS 2.0 feed that breaks no rule."""
    root = fromstring(content)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    assert {child.tag for child in channel if "{" not in child.tag} <= OF_CHANNEL | {"item"}
    for name in ("title", "link", "description"):
        assert len(channel.findall(name)) == 1
        assert channel.findtext(name)
    assert is_absolute(channel.findtext("link"))
    parsedate_to_datetime(channel.findtext("lastBuildDate"))
    (itself,) = channel.findall(f"{ATOM}link")
    assert itself.get("rel") == "self"
    assert is_absolute(itself.get("href"))
    for item in channel.findall("item"):
        _check_item(item)
    names = [item.findtext("guid") for item in channel.findall("item")]
    assert len(set(names)) == len(names)
    return channel


def _check_item(item):
    plain = [child.tag for child in item if "{" not in child.tag]
    assert set(plain) <= OF_ITEM
    assert all(plain.count(name) <= 1 for name in OF_ITEM - {"category"})
    assert item.findtext("title") or item.findtext("description")
    assert is_absolute(item.findtext("link"))
    assert item.find("guid").get("isPermaLink") == "false" or is_absolute(item.findtext("guid"))
    parsedate_to_datetime(item.findtext("pubDate"))
    for enclosure in item.findall("enclosure"):
        assert set(enclosure.attrib) == {"url", "length", "type"}
        assert is_absolute(enclosure.get("url"))
        assert int(enclosure.get("length")) > 0


def checked_atom(content):
    """Return an Atom feed that breaks no rule of RFC 4287."""
    feed = fromstring(content)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    moment(feed.findtext(f"{ATOM}updated"))
    assert is_iri(feed.findtext(f"{ATOM}id"))
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert is_absolute(links["self"])
    assert is_absolute(links["alternate"])
    has_author = bool(feed.findall(f"{ATOM}author"))
    for entry in feed.findall(f"{ATOM}entry"):
        assert {child.tag.removeprefix(ATOM) for child in entry if child.tag.startswith(ATOM)} <= OF_ENTRY
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        for name in ("content", "summary", "published"):
            assert len(entry.findall(f"{ATOM}{name}")) <= 1
        assert is_iri(entry.findtext(f"{ATOM}id"))
        assert moment(entry.findtext(f"{ATOM}updated")) >= moment(entry.findtext(f"{ATOM}published"))
        assert has_author or entry.findall(f"{ATOM}author")
        assert all(
            author.findtext(f"{ATOM}name")
            for author in (*feed.findall(f"{ATOM}author"), *entry.findall(f"{ATOM}author"))
        )
        assert all(category.get("term") for category in entry.findall(f"{ATOM}category"))
        content = entry.find(f"{ATOM}content")
        assert content is None or content.get("type") in {"text", "html", "xhtml"}
        # Section 4.1.2: without content, a link to where it is.
        assert content is not None or entry.find(f"{ATOM}link[@rel='alternate']") is not None
        assert all(is_absolute(link.get("href")) for link in entry.findall(f"{ATOM}link"))
    names = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
    assert len(set(names)) == len(names)
    return feed


def is_iri(text):
    return re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", text) is not None


def moment(text):
    """Return a moment of RFC 3339, which has its zone."""
    parsed = datetime.fromisoformat(text)
    assert parsed.tzinfo is not None
    return parsed


def checked_json(content):
    """Return a JSON Feed that breaks no rule of its version 1.1."""
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(feed["title"], str)
    assert feed["title"]
    assert is_absolute(feed["home_page_url"])
    assert is_absolute(feed["feed_url"])
    assert isinstance(feed["items"], list)
    for item in feed["items"]:
        assert set(item) <= OF_JSON_ITEM
        assert isinstance(item["id"], str)
        assert "content_html" in item or "content_text" in item
        assert is_absolute(item["url"])
        assert all(set(author) & {"name", "url", "avatar"} for author in item.get("authors", []))
        assert all(isinstance(tag, str) and tag for tag in item.get("tags", []))
        moment(item["date_published"])
        moment(item["date_modified"])
        for attachment in item.get("attachments", []):
            assert is_absolute(attachment["url"])
            assert "/" in attachment["mime_type"]
            assert isinstance(attachment["size_in_bytes"], int)
    assert len({item["id"] for item in feed["items"]}) == len(feed["items"])
    return feed


def checked_podcast(content):
    """Return the channel of a podcast with all that Apple requires, and the names that Podcasting 2.0 gives."""
    channel = checked_rss(content)
    assert channel.findtext("language") == "fr"
    assert channel.findtext(f"{ITUNES}author")
    assert channel.findtext(f"{ITUNES}explicit") in {"true", "false"}
    assert channel.findtext(f"{ITUNES}type") in {"episodic", "serial"}
    assert re.fullmatch(r"https?://\S+\.(png|jpg)", channel.find(f"{ITUNES}image").get("href"))
    category = channel.find(f"{ITUNES}category")
    assert (category.get("text"), category[0].get("text")) == ("Health & Fitness", "Medicine")
    assert "@" in channel.findtext(f"{ITUNES}owner/{ITUNES}email")
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}name")
    assert UUID(channel.findtext(f"{PODCAST}guid")).version == 5
    locked = channel.find(f"{PODCAST}locked")
    assert locked.text in {"yes", "no"}
    for item in channel.findall("item"):
        assert item.findtext("title")
        assert item.findtext("guid")
        assert item.find("enclosure").get("type") in {"audio/mpeg", "audio/mp4", "audio/x-m4a", "audio/ogg"}
        assert item.findtext(f"{ITUNES}explicit") in {"true", "false"}
        assert item.findtext(f"{ITUNES}episodeType") in {"full", "trailer", "bonus"}
        assert int(item.findtext(f"{ITUNES}duration") or 1) > 0
        assert int(item.findtext(f"{ITUNES}episode")) > 0
    return channel
