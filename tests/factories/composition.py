"""What the form of a composition sends, and what its pages say."""

import re
from html import unescape

from django.urls import reverse

from tests.factories.desk import rows


def as_shown(edition, **changes):
    """Return what the form of an edition sends when nothing was typed; ``changes`` are those of slots, by row."""
    slots = [
        {
            "article": item.article_id or "",
            "rule": item.rule,
            "specialty": item.rule_specialty_id or "",
            "tag": item.rule_tag_id or "",
            "was": item.position,
            "position": item.position,
            "starts_at": "",
            "ends_at": "",
            **({"is_pinned": "on"} if item.is_pinned else {}),
            **changes.get(f"row{number}", {}),
        }
        for number, item in enumerate(edition.items.all())
    ]
    return {"edition": edition.pk, "version": edition.version, **rows("slots", *slots)}


def press(desk, edition, do, *, fields=None, **changes):
    """Send the form with a button."""
    address = reverse("desk:selection-compose", args=[edition.selection_id])
    return desk.post(address, {**as_shown(edition, **changes), "do": do, **(fields or {})}, follow=True)


def titles(edition):
    return [str(item) for item in edition.items.select_related("article", "rule_tag", "rule_specialty")]


def said(answer):
    return [str(message) for message in answer.context["messages"]]


def text(answer):
    """Return the page's words, with ordinary spaces."""
    words = unescape(re.sub(r"<[^>]+>", " ", answer.content.decode()))
    return " ".join(words.replace("\u00a0", " ").replace("\u202f", " ").split())
