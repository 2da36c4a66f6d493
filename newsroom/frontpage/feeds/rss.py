"""RSS 2.0 (rssboard.org/rss-specification), with full texts as ``content:encoded``."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.http import http_date

from newsroom.frontpage.feeds.entries import Entry, Head
from newsroom.frontpage.feeds.xml import MEDIA, element, empty, escaped, picture

CONTENT_TYPE = "application/rss+xml; charset=utf-8"
NAMESPACES = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/" {MEDIA}'
)


def item(entry: Entry) -> str:
    """Return an item. Authors are names, so they stand in ``dc:creator``: ``author`` is an e-mail address in RSS."""
    return "".join(
        (
            "<item>",
            element("title", entry.title),
            element("link", entry.url),
            f'<guid isPermaLink="false">{escaped(entry.name)}</guid>',
            f"<pubDate>{date(entry.published)}</pubDate>",
            f"<atom:updated>{entry.updated.isoformat()}</atom:updated>" if entry.updated != entry.published else "",
            *(element("dc:creator", author) for author in entry.authors),
            *(element("category", category) for category in entry.categories),
            element("description", entry.summary),
            element("content:encoded", entry.html),
            enclosure(entry),
            picture(entry),
            "</item>",
        )
    )


def feed(head: Head, items: Iterable[str], changed_at: datetime) -> str:
    """Return the whole feed; ``items`` are written already."""
    return "".join(
        (
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {NAMESPACES}><channel>',
            channel(head, changed_at),
            *items,
            "</channel></rss>",
        )
    )


def channel(head: Head, changed_at: datetime) -> str:
    """Return what a channel says of itself."""
    itself = empty("atom:link", rel="self", type="application/rss+xml", href=head.address)
    return "".join(
        (
            element("title", head.title),
            element("link", head.page),
            element("description", head.description),
            f"<language>fr</language><lastBuildDate>{date(changed_at)}</lastBuildDate>",
            itself,
        )
    )


def enclosure(entry: Entry) -> str:
    """Return the sound file with its real length; nothing without one."""
    if entry.sound is None:
        return ""
    return empty("enclosure", url=entry.sound.url, length=str(entry.sound.size), type=entry.sound.kind)


def date(moment: datetime) -> str:
    """Return a moment as RFC 822 writes it, in GMT."""
    return http_date(moment.timestamp())
