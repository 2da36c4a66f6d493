"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings

from newsroom.frontpage.feeds.entries import Entry, Head

CONTENT_TYPE = "application/feed+json; charset=utf-8"


def item(entry: Entry) -> str:
    """Return an item: its text as HTML, or its summary as plain text where there is none for everybody."""
    told: dict[str, Any] = {
        "id": entry.name,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "content_text": "" if entry.html else entry.summary or entry.title,
        "image": entry.picture.url if entry.picture else "",
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": author} for author in entry.authors],
        "tags": entry.categories,
        "attachments": [_attachment(entry)] if entry.sound else [],
    }
    return json.dumps({name: value for name, value in told.items() if value}, ensure_ascii=False)


def feed(head: Head, items: Iterable[str], changed_at: datetime) -> str:
    """Return the whole feed; ``items`` are written already. The format has no date of its own."""
    del changed_at
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head.title,
        "home_page_url": head.page,
        "feed_url": head.address,
        "description": head.description,
        "language": "fr",
        "authors": [{"name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}],
    }
    return f'{json.dumps(told, ensure_ascii=False)[:-1]}, "items": [{", ".join(items)}]}}'


def _attachment(entry: Entry) -> dict[str, Any]:
    sound = entry.sound
    if sound is None:
        return {}
    told = {"url": sound.url, "mime_type": sound.kind, "size_in_bytes": sound.size}
    return told | ({"duration_in_seconds": sound.seconds} if sound.seconds else {})
