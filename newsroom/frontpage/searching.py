"""Searching articles in French: the words asked for, the articles that hold them, the passages to show.

What words match is decided in ``articles.finding``; the SQL functions are made by the migration
``articles/0003_search``. Only what everybody may read is searched and quoted: a story reserved for professionals is
found by its title, kicker and standfirst, never by its text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import F, FloatField, Func, TextField, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.finding import Matches, SearchColumn, TextQuery, cleaned, meaningful
from articles.models import Article, ArticleQuerySet
from newsroom.core.paging import page_count
from newsroom.taxonomy.models import Specialty

PAGE: Final = 20
# Signs of the private use area that no text of ours holds (the migration drops them from what it quotes).
_OPEN, _CLOSE = "\ue000", "\ue001"
_PASSAGES: Final = 'MaxWords=36, MinWords=18, ShortWord=0, MaxFragments=2, FragmentDelimiter=" … "'
_HEADLINE: Final = f"StartSel={_OPEN}, StopSel={_CLOSE}, {_PASSAGES}"


class Order(NamedTuple):
    """A way of sorting: its name in addresses, its label, and how it is done."""

    name: str
    label: Any
    by: Callable[["TextQuery"], tuple[Any, ...]]


class Piece(NamedTuple):
    """A bit of an excerpt; marked when it is one of the words searched for. Plain text."""

    text: str
    is_marked: bool


class Hit(NamedTuple):
    """An article found, and the passage that shows why."""

    article: Article
    excerpt: list[Piece]


@dataclass(frozen=True)
class Question:
    """What a reader asks for. ``words`` is shown as typed, ``terms`` is what the database is asked."""

    words: str
    specialty: Specialty | None
    order: Order

    @property
    def terms(self) -> str:
        """Return the words without empty ones, outside quotes."""
        return meaningful(self.words)


@dataclass(frozen=True)
class Found:
    """One page of an answer: ``total`` is the number of articles on all ``page_count`` pages."""

    total: int
    number: int
    page_count: int
    hits: list[Hit]


def _by_relevance(query: TextQuery) -> tuple[Any, ...]:
    rank = Func(SearchColumn(), query, function="ts_rank", output_field=FloatField())
    return rank.desc(), F("published_at").desc(), F("id").desc()


def _by_date(query: TextQuery) -> tuple[Any, ...]:
    del query
    return F("published_at").desc(), F("id").desc()


ORDERS: Final = (
    Order("pertinence", _("By relevance"), _by_relevance),
    Order("date", _("By date"), _by_date),
)


def question_of(parameters: QueryDict, specialties: Sequence[Specialty]) -> Question:
    """Read the parameters of the search page; what is not known there (a sort, a specialty) is left out."""
    asked_specialty, asked_order = parameters.get("specialite"), parameters.get("tri")
    return Question(
        words=cleaned(parameters.get("q", "")),
        specialty=next((one for one in specialties if one.slug == asked_specialty), None),
        order=next((order for order in ORDERS if order.name == asked_order), ORDERS[0]),
    )


def search(question: Question, number: int) -> Found:
    """Return page ``number`` of the published articles that answer ``question``; five queries.

    A page beyond the last one has no hits. Passages are made for the articles of the page only.
    """
    query = TextQuery(Value(question.terms))
    matching = _matching(question, query)
    total = matching.count()
    page = matching.order_by(*question.order.by(query))[(number - 1) * PAGE : number * PAGE]
    ids = list(page.values_list("pk", flat=True))
    return Found(total, number, page_count(total, PAGE), _hits(ids, question.terms))


def _matching(question: Question, query: TextQuery) -> ArticleQuerySet:
    articles = Article.objects.published().filter(Matches(SearchColumn(), query))
    return articles.in_specialty(question.specialty) if question.specialty else articles


def _hits(ids: list[int], terms: str) -> list[Hit]:
    public_text = Func("standfirst", "body_html", "audience", function="article_public_text")
    headline = Func(public_text, Value(terms), Value(_HEADLINE), function="fr_headline", output_field=TextField())
    articles = Article.objects.for_listing().defer("body", "body_html").annotate(headline=headline).in_bulk(ids)
    return [Hit(articles[pk], pieces(str(getattr(articles[pk], "headline", "")))) for pk in ids]


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
