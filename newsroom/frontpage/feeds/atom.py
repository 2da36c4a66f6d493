"""Atom (RFC 4287)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings

from newsroom.frontpage.feeds.entries import Entry, Head
from newsroom.frontpage.feeds.xml import MEDIA, element, empty, escaped, picture

CONTENT_TYPE = "application/atom+xml; charset=utf-8"


def item(entry: Entry) -> str:
    """Return an entry. One without author is the site's, which the feed names (RFC 4287, section 4.1.1)."""
    return "".join(
        (
            "<entry>",
            element("title", entry.title),
            empty("link", rel="alternate", type="text/html", href=entry.url),
            element("id", entry.name),
            f"<published>{entry.published.isoformat()}</published><updated>{entry.updated.isoformat()}</updated>",
            *(f"<author><name>{escaped(author)}</name></author>" for author in entry.authors),
            *(empty("category", term=category) for category in entry.categories),
            element("summary", entry.summary),
            f'<content type="html">{escaped(entry.html)}</content>' if entry.html else "",
            _enclosure(entry),
            picture(entry),
            "</entry>",
        )
    )


def feed(head: Head, items: Iterable[str], changed_at: datetime) -> str:
    """Return the whole feed; ``items`` are written already."""
    return "".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>\n',
            f'<feed xmlns="http://www.w3.org/2005/Atom" {MEDIA} xml:lang="fr">',
            element("title", head.title),
            element("subtitle", head.description),
            empty("link", rel="alternate", type="text/html", href=head.page),
            empty("link", rel="self", type="application/atom+xml", href=head.address),
            element("id", head.name),
            f"<updated>{changed_at.isoformat()}</updated>",
            f"<author><name>{escaped(settings.SITE_NAME)}</name></author>",
            *items,
            "</feed>",
        )
    )


def _enclosure(entry: Entry) -> str:
    if entry.sound is None:
        return ""
    sound = entry.sound
    return empty("link", rel="enclosure", type=sound.kind, length=str(sound.size), href=sound.url)
