"""What to try where nothing was found: another spelling, fewer filters. Nothing is proposed that would find nothing."""

import re
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from django.utils import timezone

from articles.desk_search import DeskColumn
from articles.models import Article
from articles.models.kinds import Audience
from articles.spelling import meant_by
from newsroom.core.desk_search import beginning
from newsroom.core.folding import folded
from newsroom.core.rendering import plain_text
from newsroom.frontpage.searching.answering import Tally, tally
from newsroom.frontpage.searching.asking import ARTICLES, AUTHORS, DEBATES, Question

# How many mistyped words of a query are looked up.
MOST_WORDS: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")
# A quoted phrase, or what is excluded: neither is corrected.
_LEFT_ALONE: Final = re.compile(r'-?"[^"]*"|(?<!\S)-\S+')
_READ: Final = 40_000


class Wider(NamedTuple):
    """The question without one of its filters, and what it would find."""

    label: str
    tally: Tally


@dataclass(frozen=True)
class Help:
    """What to try; ``meant`` is None where the spelling is fine or nothing like it is known."""

    meant: Tally | None
    wider: list[Wider]


def help_with(question: Question) -> Help:
    """Return what would find something; a bounded number of queries."""
    now = timezone.now()
    filters = question.filters
    # Of several filters each may be the one too many, or all of them together.
    wider = [Wider(one.label, tally(one.without, now)) for one in filters]
    if len(filters) > 1:
        wider.append(Wider("", tally(question.unfiltered, now)))
    return Help(_meant(question), [one for one in wider if one.tally.total])


def _meant(question: Question) -> Tally | None:
    """Return the question as it was meant, without its filters, about whatever answers it."""
    words = _corrected(question.words)
    if words == question.words:
        return None
    meant = replace(question.unfiltered, words=words)
    tallies = (tally(meant.of_kind(kind), timezone.now()) for kind in (ARTICLES, DEBATES, AUTHORS))
    return next((one for one in tallies if one.total), None)


def _corrected(words: str) -> str:
    """Return the words with the mistyped among them as they were probably meant."""
    plain = _LEFT_ALONE.sub(" ", words)
    for word in list(dict.fromkeys(_WORD.findall(plain)))[:MOST_WORDS]:
        meant = meant_by(word)
        if meant:
            words = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", _as_written(meant), words)
    return words


def _as_written(word: str) -> str:
    """Return a folded word with the accents that the newest text gives it, in lower case; as it is where none does."""
    holding = beginning(Article.objects.published().filter(audience=Audience.PUBLIC), DeskColumn(), word)
    newest = holding.order_by("-published_at", "-pk").values_list("title", "kicker", "standfirst", "body_html")
    for texts in newest[:1]:
        *short, body = texts
        for written in _WORD.findall(" ".join([*short, plain_text(str(body)[:_READ])])):
            if folded(written) == word:
                return str(written).lower()
    return word
