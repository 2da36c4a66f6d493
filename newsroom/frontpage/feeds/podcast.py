"""The podcast: RSS with what Apple and Podcasting 2.0 ask for.

Sources: "Podcast RSS feed requirements" (help.apple.com/itc/podcasts_connect), podcastindex.org/namespace/1.0.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from django.conf import settings
from django.templatetags.static import static

from newsroom.frontpage.feeds import rss
from newsroom.frontpage.feeds.entries import Entry, Head
from newsroom.frontpage.feeds.xml import element, empty
from newsroom.frontpage.mapping import absolute

CONTENT_TYPE = rss.CONTENT_TYPE
NAMESPACES = (
    f'{rss.NAMESPACES} xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0"'
)
# The namespace of podcast:guid, given by its specification.
PODCASTS: Final = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
CHAPTERS, TRANSCRIPT = "application/json+chapters", "text/plain"
# Apple's own words for it.
CATEGORY, SUBCATEGORY = "Health & Fitness", "Medicine"


def item(entry: Entry) -> str:
    """Return an episode; nothing for what has no sound for everybody."""
    if entry.sound is None:
        return ""
    told = (
        element("itunes:title", entry.title),
        element("itunes:author", ", ".join(entry.authors) or settings.SITE_NAME),
        element("itunes:summary", entry.summary),
        element("itunes:duration", str(entry.sound.seconds or "")),
        element("itunes:episode", str(entry.episode or "")),
        empty("podcast:chapters", url=entry.sound.chapters, type=CHAPTERS) if entry.sound.chapters else "",
        empty("podcast:transcript", url=entry.sound.transcript, type=TRANSCRIPT, language="fr")
        if entry.sound.transcript
        else "",
        "<itunes:episodeType>full</itunes:episodeType><itunes:explicit>false</itunes:explicit>",
    )
    return f"{rss.item(entry).removesuffix('</item>')}{''.join(told)}</item>"


def feed(head: Head, items: Iterable[str], changed_at: datetime) -> str:
    """Return the whole podcast; ``items`` are written already."""
    image = absolute(settings.PODCAST_IMAGE or static("img/podcast.png"))
    owner = f"{element('itunes:name', settings.SITE_NAME)}{element('itunes:email', settings.PODCAST_EMAIL)}"
    return "".join(
        (
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0" {NAMESPACES}><channel>',
            rss.channel(head, changed_at),
            element("copyright", settings.SITE_NAME),
            f"<image>{element('url', image)}{element('title', head.title)}{element('link', head.page)}</image>",
            element("itunes:author", settings.SITE_NAME),
            f"<itunes:owner>{owner}</itunes:owner>",
            empty("itunes:image", href=image),
            f"{empty('itunes:category', text=CATEGORY).removesuffix('/>')}>",
            f"{empty('itunes:category', text=SUBCATEGORY)}</itunes:category>",
            "<itunes:explicit>false</itunes:explicit><itunes:type>episodic</itunes:type>",
            element("podcast:guid", _guid(head.address)),
            f'<podcast:locked owner="{settings.PODCAST_EMAIL}">yes</podcast:locked>',
            "<podcast:medium>podcast</podcast:medium>",
            *items,
            "</channel></rss>",
        )
    )


def _guid(address: str) -> str:
    """Return the podcast's own name everywhere: made of its address without scheme, as the specification says."""
    parts = urlsplit(address)
    return str(uuid5(PODCASTS, f"{parts.netloc}{parts.path}".rstrip("/")))
