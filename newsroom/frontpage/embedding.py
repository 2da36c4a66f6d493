"""Debates and consultations on other sites: what an oEmbed consumer is told of an address of ours.

Specification: oembed.com. The answer is a frame of fixed size: nothing of ours runs in the other site's page.
"""

import math
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html

from debates.models import Debate
from newsroom.core.structured import absolute
from newsroom.core.typography import typo_text
from polls.models import Poll

WIDEST: Final = 600
NARROWEST: Final = 200
# A consumer may keep the answer so long, in seconds: the frame's address does not change, only what it shows.
CACHE_AGE: Final = 86_400
# What the frame's stylesheet makes of it, measured in Chromium, in pixels; a little more than it takes.
PADDING: Final = 33
QUESTION_LINE, QUESTION_SIGN = 25, 10.5
ANSWER_LINE, ANSWER_SIGN, ANSWER_REST = 23, 8.2, 22
DUEL: Final = 104
LABEL, FOOT = 38, 108


@dataclass(frozen=True)
class Embedded:
    """What may be framed: its question, the address of its page and of its frame, its answers in words."""

    question: str
    path: str
    frame: str
    answers: list[str]
    is_duel: bool


def embedded_at(address: str) -> Embedded | None:
    """Return what readers may see at an absolute address of this site and may be framed; None for anything else.

    At most two queries.
    """
    house = urlsplit(settings.SITE_URL)
    try:
        asked = urlsplit(address.strip())
        match = resolve(asked.path or "/")
    except (ValueError, Resolver404):
        return None
    # "http" for a site that has moved to https since somebody copied the address.
    if asked.hostname != house.hostname or asked.scheme not in {"http", "https"}:
        return None
    slug = match.kwargs.get("slug", "")
    if match.view_name in {"debates:debate", "debates:frame"}:
        return _debate(slug)
    if match.view_name in {"polls:poll", "polls:frame"}:
        return _poll(slug)
    return None


def rich(found: Embedded, *, widest: int, highest: int) -> dict[str, Any]:
    """Return the oEmbed answer of type "rich" for what may take ``widest`` x ``highest`` pixels at most."""
    width = min(WIDEST, widest)
    height = min(height_of(found, max(width, NARROWEST)), highest)
    frame = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0"></iframe>',
        absolute(found.frame),
        width,
        height,
        typo_text(found.question),
    )
    return {
        "version": "1.0",
        "type": "rich",
        "title": found.question,
        "provider_name": settings.SITE_NAME,
        "provider_url": absolute("/"),
        "cache_age": CACHE_AGE,
        "html": str(frame),
        "width": width,
        "height": height,
    }


def height_of(found: Embedded, width: int) -> int:
    """Return how many pixels high the frame is made at that width, so that nothing in it scrolls."""
    room = width - PADDING
    question = _lines(found.question, room, QUESTION_SIGN) * QUESTION_LINE
    if found.is_duel:
        result = DUEL
    else:
        result = sum(_lines(answer, room - 60, ANSWER_SIGN) * ANSWER_LINE + ANSWER_REST for answer in found.answers)
    return LABEL + question + result + FOOT + PADDING


def _lines(text: str, room: float, sign: float) -> int:
    return max(1, math.ceil(len(text) * sign / max(room, sign)))


def _debate(slug: str) -> Embedded | None:
    found = Debate.objects.published().for_frame().filter(slug=slug).first()
    if found is None:
        return None
    frame = reverse("debates:frame", args=[slug])
    return Embedded(found.question, found.get_absolute_url(), frame, _answers(found.poll), is_duel=True)


def _poll(slug: str) -> Embedded | None:
    found = Poll.objects.standalone().published().filter(slug=slug).first()
    if found is None:
        return None
    frame = reverse("polls:frame", args=[slug])
    return Embedded(found.question, found.get_absolute_url(), frame, _answers(found), is_duel=False)


def _answers(poll: Poll) -> list[str]:
    return [choice.label for choice in poll.choices.all()]
