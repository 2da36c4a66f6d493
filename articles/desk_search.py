"""Finding articles at the desk: by their words, whole texts included, by who signs, by number, address or DOI.

The column ``desk_search`` is made by the migration of that name. Unlike ``search``, which answers readers, it holds
what is reserved for professionals and neither stems nor sifts words: what an editor types is the beginning of a word.
What the newsroom has changed since readers were shown the article stands beside it, in ``WorkingWords``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple, Self
from urllib.parse import urlsplit

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Case, Expression, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from articles.citing.identifiers import doi_of
from articles.models import Article, Author, Byline, Reference, WorkingWords
from newsroom.core.desk_search import LONGEST_SEARCH, Answers, Query, Words, beginning
from newsroom.core.folding import folded
from newsroom.core.parameters import id_from
from newsroom.redirects.middleware import new_path_of

# The address of an article, and of what lies below it.
_ADDRESS: Final = re.compile(r"^/articles/([-\w]+)(?:/|$)", re.ASCII)
_SIGNS_OF_A_NUMBER: Final = "#n°Nº \N{NO-BREAK SPACE}"
_WORD: Final = re.compile(r"[^\W_]+")
# Five pages of the list: whoever needs more looks for something else.
MOST_FOUND: Final = 250
# As many authors are looked at, as many share a name that means them, as many ways part words between name and text.
MOST_AUTHORS: Final = 200
MOST_NAMESAKES: Final = 50
MOST_WAYS: Final = 4


class DeskColumn(Expression):
    """The generated column, which is no field of the model."""

    output_field = SearchVectorField()

    def __init__(self, alias: str = "") -> None:
        """Stand for the column of the query's own table, or of that alias."""
        super().__init__()
        self.alias = alias

    def resolve_expression(self, query: Any = None, *args: Any, **kwargs: Any) -> Self:
        """Take the alias under which the query knows the articles."""
        del args, kwargs
        return type(self)(query.get_initial_alias())

    def relabeled_clone(self, change_map: Mapping[str, str]) -> Self:
        """Follow when the query becomes a part of another."""
        return type(self)(change_map.get(self.alias, self.alias))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        """Name the column."""
        return f"{compiler.quote_name_unless_alias(self.alias)}.{connection.ops.quote_name('desk_search')}", ()


class Found(NamedTuple):
    """Rows that answer, and whether there are more of them than are shown."""

    articles: QuerySet[Article]
    is_cut: bool


def found(articles: QuerySet[Article], typed: str) -> Found:
    """Return those of ``articles`` that an editor means by what he typed, the latest changed; everything for nothing.

    An address of the site, present or former, means its article; "#12" or "n° 12" the article of that number. Words
    mean what holds them all, or what somebody of that name signs and holds the others; a number is a word too, or the
    article's own, and a DOI what rests on it.

    Of more than ``MOST_FOUND`` answers the latest changed are returned: a word that nearly every article holds is
    then answered from the list's own order, without looking at all of them. Some queries before the list's own: one
    for authors, one for each way to answer.
    """
    typed = typed.strip()[:LONGEST_SEARCH]
    if not typed:
        return Found(articles, is_cut=False)
    slug = _slug_in(typed)
    if slug:
        return Found(articles.filter(slug=slug), is_cut=False)
    number = id_from(typed.lstrip(_SIGNS_OF_A_NUMBER))
    if number and not typed.isdigit():
        return Found(articles.filter(pk=number), is_cut=False)
    latest = articles.order_by("-changed_at", "-pk")
    answers = [
        _first(way) for way in (_holding(latest, typed), *_signed_and_holding(latest, typed), *_cited(latest, typed))
    ]
    numbers = {pk for answer in answers for pk in answer[:MOST_FOUND]} | ({number} if number else set())
    return Found(articles.filter(pk__in=numbers), is_cut=any(len(answer) > MOST_FOUND for answer in answers))


def _first(articles: QuerySet[Article]) -> list[int]:
    """Return the numbers of the first articles, one more than are shown."""
    return list(articles.values_list("pk", flat=True)[: MOST_FOUND + 1])


def _slug_in(typed: str) -> str:
    """Return the article's slug in an address of the site, wherever that has moved; empty for anything else."""
    if not typed.startswith(("/", "http://", "https://")):
        return ""
    try:
        path = urlsplit(typed).path
    except ValueError:
        return ""
    address = _ADDRESS.match(path) and _ADDRESS.match(new_path_of(path) or path)
    return address[1] if address else ""


def _holding(articles: QuerySet[Article], typed: str) -> QuerySet[Article]:
    """Return what holds every word typed, as readers see it or as the newsroom works on it, in the order given.

    Each of the two is answered by its own index and cut, and only what is left is put together: asked for either at
    once, the database would read every article.
    """
    if not typed:
        return articles
    changed = WorkingWords.objects.filter(Answers(F("words"), Query(Value(typed)))).values("article")
    ways = [beginning(articles, DeskColumn(), typed), articles.filter(pk__in=changed)]
    latest = [way.values("pk")[: MOST_FOUND + 1] for way in ways]
    return articles.filter(pk__in=latest[0].union(latest[1], all=True))


def _cited(articles: QuerySet[Article], typed: str) -> list[QuerySet[Article]]:
    """Return what rests on the DOI typed, if one was."""
    doi = doi_of(typed)
    if not doi:
        return []
    same = Reference.objects.alias(folded_doi=Lower("doi")).filter(folded_doi=doi.lower()).exclude(doi="")
    return [articles.filter(pk__in=same.order_by().values("article"))]


def _signed_and_holding(articles: QuerySet[Article], typed: str) -> list[QuerySet[Article]]:
    """Return what people signed whose names have some of the words, where it holds the others."""
    words = _WORD.findall(folded(typed))
    ways: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for pk, name in _named(words):
        parts = _WORD.findall(folded(name))
        others = tuple(word for word in words if not any(part.startswith(word) for part in parts))
        ways[others].append(pk)
    # Names that have more of the words come first; what half the newsroom is called names nobody.
    likeliest = sorted((others for others in ways if len(ways[others]) <= MOST_NAMESAKES), key=len)[:MOST_WAYS]
    return [_holding(_signed(articles, ways[others]), " ".join(others)) for others in likeliest]


def _named(words: Sequence[str]) -> list[tuple[int, str]]:
    """Return number and name of the authors of whose name one of the words is a beginning, more of them first."""
    asked = [Answers(Words("name"), Query(Value(word))) for word in words]
    if not asked:
        return []
    number = sum((Case(When(one, then=1), default=0) for one in asked), Value(0))
    named = Author.objects.filter(reduce(or_, map(Q, asked))).order_by(number.desc(), "name", "pk")
    return list(named.values_list("pk", "name")[:MOST_AUTHORS])


def _signed(articles: QuerySet[Article], authors: list[int]) -> QuerySet[Article]:
    return articles.filter(pk__in=Byline.objects.filter(author__in=authors).order_by().values("article"))
