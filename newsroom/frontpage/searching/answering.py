"""Answering a search: articles, debates and authors, and how much there is of each.

What words match is decided in ``articles.finding`` and ``debates.finding``. Only what everybody may read is searched
and quoted: a story reserved for some readers is found by its title, kicker and standfirst, never by its text.

However much answers, the work is bounded: the newest ``MOST_COUNTED`` are looked at, of which the newest
``MOST_RANKED`` are ordered by relevance. Exact below, and said where it is not.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db.models import (
    Count,
    FloatField,
    Func,
    Q,
    QuerySet,
    Value,
)
from django.utils import timezone

from articles.finding import SearchColumn, answering
from articles.models import Article, ArticleQuerySet, Author
from debates import finding as debates_finding
from debates.models import Debate
from newsroom.core.desk_search import Answers, Query, Words
from newsroom.core.folding import folded
from newsroom.core.paging import A_PAGE, page_count
from newsroom.core.written import MOMENT, WORDS, Written, among, among_ids
from newsroom.frontpage.searching.asking import (
    ARTICLES,
    AUTHORS,
    DEBATES,
    KINDS,
    RELEVANCE,
    Question,
    with_articles,
)
from newsroom.frontpage.searching.showing import Hit, hits

MOST_COUNTED: Final = 1_000
MOST_RANKED: Final = 300
# How many authors the filter offers: those who signed most of what answers.
MOST_WRITERS: Final = 20
_CIVILITIES: Final = frozenset({"dr", "dre", "pr", "pre", "mme", "m", "docteur", "docteure", "professeur"})


class Tally(NamedTuple):
    """How much of a kind answers; ``question`` asks for it."""

    question: Question
    ids: list[int]

    @property
    def total(self) -> int:
        """Return how many there are, or as many as are counted."""
        return min(len(self.ids), MOST_COUNTED)

    @property
    def is_more(self) -> bool:
        """Say whether there are more than are counted."""
        return len(self.ids) > MOST_COUNTED


@dataclass(frozen=True)
class Found:
    """One page of an answer, and how much there is of each kind."""

    tallies: list[Tally]
    tally: Tally
    """That of the kind asked for."""
    number: int
    page_count: int
    hits: list[Hit]
    writers: list[Author]
    """Who signed the articles that answer."""

    @property
    def total(self) -> int:
        """Return the number of answers on all pages."""
        return self.tally.total

    @property
    def is_more(self) -> bool:
        """Say whether there are more."""
        return self.tally.is_more

    @property
    def others(self) -> list[Tally]:
        """Return the other kinds of which something answers."""
        return [one for one in self.tallies if one.total and one is not self.tally]

    @property
    def is_partly_ranked(self) -> bool:
        """Say whether only the newest are ordered by relevance."""
        question = self.tally.question
        return question.kind == ARTICLES and question.order == RELEVANCE and self.total > MOST_RANKED


def search(question: Question, number: int, now: datetime | None = None) -> Found:
    """Return page ``number`` of what readers may know of that answers ``question``; at most seven queries.

    A page beyond the last one has no hits. Passages are made for what stands on the page only.
    """
    now = now or timezone.now()
    tallies = [tally(question.of_kind(kind), now) for kind in KINDS]
    own = next(one for one in tallies if one.question.kind == question.kind)
    page = own.ids[:MOST_COUNTED][(number - 1) * A_PAGE : number * A_PAGE]
    writers = _writers(own.ids[:MOST_RANKED]) if question.kind == ARTICLES else []
    return Found(tallies, own, number, page_count(own.total, A_PAGE), hits(question, page), writers)


def tally(question: Question, now: datetime) -> Tally:
    """Return what answers, the first one first: an exact number up to ``MOST_COUNTED``."""
    if question.kind == DEBATES:
        return Tally(question, _first(_debates(question, now)))
    if question.kind == AUTHORS:
        return Tally(question, _authors(question, now))
    newest = _first(_articles(question, now).newest_first())
    return Tally(question, _ranked(question, newest) if newest and question.order == RELEVANCE else newest)


def _first(rows: QuerySet[Any]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[: MOST_COUNTED + 1])


def _articles(question: Question, now: datetime) -> ArticleQuerySet:
    articles = Article.objects.published(now)
    since = question.since(now)
    if question.specialty:
        articles = articles.in_specialty(question.specialty)
    if question.format:
        articles = articles.filter(format=question.format.name)
    if since:
        articles = articles.filter(published_at__gte=since)
    if question.author:
        articles = articles.signed_by(question.author)
    return answering(articles, SearchColumn(), question.asked)


def _ranked(question: Question, newest: list[int]) -> list[int]:
    """Return the ids with the newest of them in order of relevance."""
    rank = Func(SearchColumn(), question.asked.query, function="ts_rank", output_field=FloatField())
    pool = Article.objects.filter(among(newest[:MOST_RANKED])).order_by(rank.desc(), "-published_at", "-pk")
    return [*pool.values_list("pk", flat=True), *newest[MOST_RANKED:]]


def _debates(question: Question, now: datetime) -> QuerySet[Debate]:
    debates = Debate.objects.published(now)
    since = question.since(now)
    if question.specialty:
        debates = debates.filter(specialty=question.specialty)
    if since:
        debates = debates.filter(poll__opens_at__gte=since)
    answers = debates_finding.holding(debates, question.asked)
    if question.order == RELEVANCE and question.asked.wanted:
        return debates_finding.best_first(answers, question.asked)
    return answers.newest_first()


def _named(now: datetime, words: str) -> QuerySet[Author]:
    """Return those whose name or role has every word, or words that begin so."""
    return with_articles(now).filter(Answers(_NAMES, Query(Value(words)))).order_by("name", "pk")


def _authors(question: Question, now: datetime) -> list[int]:
    """Return the ids of those who are called so; titles are no part of a name."""
    words = " ".join(word for word in folded(question.asked.text).split() if word not in _CIVILITIES)
    if not any(sign.isalnum() for sign in words):
        return []
    if not question.asked.excluded:
        return [pk for (pk,) in _NAMED.rows(words=words, now=now)]
    authors = _named(now, words)
    for term in question.asked.excluded:
        authors = authors.exclude(Q(Answers(_NAMES, Query(Value(term)))))
    return _first(authors)


def _writers(articles: list[int]) -> list[Author]:
    """Return who signed most of the articles, by name."""
    if not articles:
        return []
    rows = _WRITERS.rows(articles)
    writers = [Author(pk=pk, civility=civility, name=name, slug=slug) for pk, civility, name, slug, _signed in rows]
    return sorted(writers, key=lambda author: folded(author.name))


def _most_signing() -> QuerySet[Any, Any]:
    signed = Author.objects.filter(among_ids("bylines__article")).annotate(signed=Count("bylines"))
    return signed.order_by("-signed", "name").values_list("pk", "civility", "name", "slug", "signed")[:MOST_WRITERS]


_NAMES: Final = Words("name", "role")
_NAMED: Final = Written(lambda: _named(MOMENT, WORDS).values_list("pk")[: MOST_COUNTED + 1])
_WRITERS: Final = Written(_most_signing)
