"""What an answer shows of what was found: plain values, and the passage that holds the words.

A page of twenty answers is made anew for every question, so its template gets values and no objects: looking them up
there, one include after another, would cost more than the search.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from articles.models import Article, Author, Byline
from articles.models.kinds import Format
from articles.models.texts import SELF_EVIDENT
from debates.models import Debate
from newsroom.core.desk_search import Joined
from newsroom.core.templatetags.typo import date_fr, duration_min
from newsroom.core.typography import typo_text
from newsroom.core.written import WORDS, Written, among_ids
from newsroom.frontpage.searching.asking import AUTHORS, DEBATES, FORMATS, Question
from newsroom.taxonomy.models import Specialty

# Signs of the private use area that no text of ours holds (``fr_plain`` drops them from what is quoted).
_OPEN, _CLOSE = "\ue000", "\ue001"
_PASSAGES: Final = 'MaxWords=36, MinWords=18, ShortWord=0, MaxFragments=2, FragmentDelimiter=" … "'
_HEADLINE: Final = f"StartSel={_OPEN}, StopSel={_CLOSE}, {_PASSAGES}"
# Passages are looked for in the beginning of a text, some 2,500 words of it; the search itself is in all of it.
_QUOTED: Final = 20_000
_COLUMNS: Final = (
    *("pk", "title", "slug", "kicker", "format", "sponsor", "audio_seconds", "published_at", "headline"),
    *("primary_specialty__name", "primary_specialty__slug", "primary_specialty__accent"),
)
_LABELS: Final = {choice.name: choice.label for choice in FORMATS}


class Piece(NamedTuple):
    """A bit of an excerpt; marked when it is one of the words searched for. Plain text."""

    text: str
    is_marked: bool


class Heading(NamedTuple):
    """The specialty above a title."""

    name: str
    accent: str
    url: str


class Hit(NamedTuple):
    """Something that was found, as it is shown: texts in French typography, not escaped."""

    url: str
    title: str
    excerpt: list[Piece]
    heading: Heading | None = None
    kicker: str = ""
    is_sponsored: bool = False
    note: str = ""
    """Its format, where readers must be told."""
    is_podcast: bool = False
    byline: str = ""
    moment: str = ""
    """When it was published, as machines read it; ``date`` as people do."""
    date: str = ""
    debate: Debate | None = None
    author: Author | None = None


def hits(question: Question, ids: list[int]) -> list[Hit]:
    """Return what the ids stand for, in their order; two queries at most. What was deleted meanwhile is left out."""
    if question.kind == DEBATES:
        text = Joined("introduction", "summary")
        debates = Debate.objects.select_related("poll", "specialty").annotate(
            headline=_headline(text, question.asked.text)
        )
        return [_of_debate(debate) for debate in _in_order(ids, debates.in_bulk(ids))]
    if question.kind == AUTHORS:
        found = _in_order(ids, Author.objects.in_bulk(ids))
        return [Hit(one.get_absolute_url(), typo_text(str(one)), [], author=one) for one in found]
    if not ids:
        return []
    rows = (dict(zip(_COLUMNS, row, strict=True)) for row in _ARTICLES.rows(ids, question.asked.text))
    bylines = _bylines(ids)
    return [_of_article(row, bylines.get(row["pk"], "")) for row in _in_order(ids, {row["pk"]: row for row in rows})]


def pieces(headline: str) -> list[Piece]:
    """Part a text with private-use markers into plain pieces; the template escapes them and sets the marks."""
    parts = []
    for part in headline.split(_OPEN):
        marked, closing, after = part.partition(_CLOSE)
        if closing:
            parts += [Piece(marked, is_marked=True), Piece(after, is_marked=False)]
        else:
            parts.append(Piece(part, is_marked=False))
    return [part for part in parts if part.text]


def _excerpt(headline: str) -> list[Piece]:
    """Return a passage in pieces; one that begins within a sentence says so."""
    return pieces(f"… {headline}" if headline[:1].islower() else headline)


def _in_order(ids: list[int], rows: dict[int, Any]) -> Iterable[Any]:
    return (rows[pk] for pk in ids if pk in rows)


def _headline(text: Any, words: str) -> Func:
    """Return the passages of a text; a phrase is marked word by word."""
    return Func(text, Value(words), Value(_HEADLINE), function="fr_headline", output_field=TextField())


def _articles() -> QuerySet[Any, Any]:
    """Return what is shown of articles: of a text that not everybody may read, nothing."""
    body = Left("body_html", _QUOTED)
    text = Func(F("standfirst"), body, F("audience"), function="article_public_text", output_field=TextField())
    return Article.objects.filter(among_ids()).annotate(headline=_headline(text, WORDS)).values_list(*_COLUMNS)


def _signatures() -> QuerySet[Any, Any]:
    signed = Byline.objects.filter(among_ids("article")).order_by("position", "pk")
    return signed.values_list("article", "author__civility", "author__name")


def _bylines(ids: list[int]) -> dict[int, str]:
    """Return who signed the articles, as a byline says it."""
    authors: defaultdict[int, list[str]] = defaultdict(list)
    for pk, civility, name in _SIGNATURES.rows(ids):
        authors[pk].append(str(Author(civility=civility, name=name)))
    return {pk: _("By %(authors)s") % {"authors": typo_text(_joined(names))} for pk, names in authors.items()}


def _joined(names: list[str]) -> str:
    """Return the names as ``Article.byline_text`` joins them."""
    *first, last = names
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def _of_article(row: dict[str, Any], byline: str) -> Hit:
    specialty = row["primary_specialty__name"]
    facts = (specialty, row["primary_specialty__slug"], row["primary_specialty__accent"])
    published_at = localtime(row["published_at"])
    return Hit(
        url=reverse("articles:article", args=[row["slug"]]),
        title=typo_text(row["title"]),
        excerpt=_excerpt(row["headline"]),
        heading=_heading(*facts) if specialty else None,
        kicker="" if row["kicker"] == specialty else typo_text(capfirst(row["kicker"])),
        is_sponsored=bool(row["sponsor"]) or row["format"] == Format.PARTNER,
        note=_note(row["format"], row["kicker"], row["audio_seconds"]),
        is_podcast=row["format"] == Format.PODCAST,
        byline=byline,
        moment=published_at.isoformat(timespec="seconds"),
        date=date_fr(published_at),
    )


def _of_debate(debate: Any) -> Hit:
    specialty = debate.specialty
    heading = _heading(specialty.name, specialty.slug, specialty.accent) if specialty else None
    question = typo_text(debate.question)
    return Hit(debate.get_absolute_url(), question, _excerpt(debate.headline), heading, debate=debate)


@lru_cache(maxsize=200)
def _heading(name: str, slug: str, accent: str) -> Heading:
    return Heading(name, accent, Specialty(slug=slug).get_absolute_url())


def _note(format_name: str, kicker: str, seconds: int) -> str:
    """Return the word for a format: none for what readers expect, nor where the kicker says it already."""
    if format_name == Format.PODCAST:
        minutes = Article(audio_seconds=seconds).audio_minutes
        return _("Podcast · %(length)s") % {"length": duration_min(minutes)} if minutes else _("Podcast")
    label = "" if format_name in SELF_EVIDENT else str(_LABELS[format_name])
    return "" if label.lower() == kicker.lower() else label


_ARTICLES: Final = Written(_articles)
_SIGNATURES: Final = Written(_signatures)
