"""Searching articles in French: the words asked for, the articles that hold them, the passages to show.

The SQL functions (``fr_query``, ``fr_headline``...) and the column ``search`` are made by the migration
``articles/0003_search``. Only what everybody may read is searched and quoted: a story reserved for professionals is
found by its title, kicker and standfirst, never by its text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Expression, F, FloatField, Func, TextField, Value
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.models import Article, ArticleQuerySet
from newsroom.core.folding import folded
from newsroom.core.paging import page_count
from newsroom.core.rendering import normalised
from newsroom.taxonomy.models import Specialty

PAGE: Final = 20
LONGEST_QUERY: Final = 200
# What PostgreSQL's French list lacks, folded: as terms they would demand words that carry no meaning.
_EMPTY = """
    les ou ils elles cette cet ceux celle celles plus etre avoir tres tout toute tous toutes si comme sans sous chez
    vers entre dont quel quelle quels quelles donc car ni or afin ainsi alors apres aussi autre autres avant bien
    cela ceci comment contre depuis encore fait faire faut ici leurs lors lorsque meme memes moins parce pendant
    peu peut pourquoi puis quand quoi sinon tant toujours trop voici voila
"""
STOP_WORDS: Final = frozenset(_EMPTY.split())
# A pair of quotes with what is between them, or anything up to a space.
_TERM: Final = re.compile(r'"[^"]*"|\S+')
_QUOTES: Final = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})

# Signs of the private use area that no text of ours holds (the migration drops them from what it quotes).
_OPEN, _CLOSE = "\ue000", "\ue001"
_PASSAGES: Final = 'MaxWords=36, MinWords=18, ShortWord=0, MaxFragments=2, FragmentDelimiter=" … "'
_HEADLINE: Final = f"StartSel={_OPEN}, StopSel={_CLOSE}, {_PASSAGES}"


class Order(NamedTuple):
    """A way of sorting: its name in addresses, its label, and how it is done."""

    name: str
    label: Any
    by: Callable[["TextQuery"], tuple[Any, ...]]


class SearchColumn(Expression):
    """The generated column, which is no field of the model: nobody should read vectors with articles."""

    output_field = SearchVectorField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        """Name the column of the articles' own table."""
        del compiler
        quote = connection.ops.quote_name
        return f"{quote(Article._meta.db_table)}.{quote('search')}", ()  # noqa: SLF001 - Django's public API


class TextQuery(Func):
    """A reader's words as a query on folded French."""

    function = "fr_query"
    output_field = SearchQueryField()


class Matches(Func):
    """That a vector holds what a query asks for."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


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


def cleaned(words: str) -> str:
    """Return a query as it is shown and searched: one line, no control signs, cut at ``LONGEST_QUERY`` signs."""
    return " ".join(normalised(words[: 4 * LONGEST_QUERY]).split())[:LONGEST_QUERY].strip()


def meaningful(words: str) -> str:
    """Return the query without stop words outside quotes, or whole when nothing else would be left of it."""
    terms = _TERM.findall(words.translate(_QUOTES))
    kept = [term for term in terms if term.startswith('"') or folded(term).lstrip("-") not in STOP_WORDS]
    return " ".join(kept or terms)


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
