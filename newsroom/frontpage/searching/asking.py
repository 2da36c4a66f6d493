"""What a reader asks the search page for, read from its address and written back into addresses.

The page depends on the parameters named here and on nothing else; what is not known there (a sort, a specialty) is
left out, and links carry only what is known.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from articles.finding import Asked, cleaned
from articles.models import Article, Author
from articles.models.kinds import Format
from newsroom.taxonomy.models import Specialty


class Named(NamedTuple):
    """A choice of the page: its name in addresses, its label."""

    name: str
    label: Any


class Period(NamedTuple):
    """How far back to look."""

    name: str
    label: Any
    length: timedelta


ARTICLES: Final = Named("articles", _("Articles"))
DEBATES: Final = Named("debats", _("Debates"))
AUTHORS: Final = Named("auteurs", _("Authors"))
KINDS: Final = (ARTICLES, DEBATES, AUTHORS)

RELEVANCE: Final = Named("pertinence", _("By relevance"))
DATE: Final = Named("date", _("By date"))
ORDERS: Final = (RELEVANCE, DATE)

PERIODS: Final = (
    Period("7-jours", _("Last 7 days"), timedelta(days=7)),
    Period("30-jours", _("Last 30 days"), timedelta(days=30)),
    Period("1-an", _("Last 12 months"), timedelta(days=365)),
    Period("5-ans", _("Last 5 years"), timedelta(days=5 * 365)),
)
FORMATS: Final = tuple(Named(name, label) for name, label in Format.choices)

# Which filters there are, and which of them a debate has; an author has none.
FILTERS: Final = ("specialty", "format", "period", "author")
_KEPT: Final = {ARTICLES: FILTERS, DEBATES: ("specialty", "period"), AUTHORS: ()}
_SLUG: Final = re.compile(r"[-\w]{1,100}", re.ASCII)
_Choice = TypeVar("_Choice", Named, Period)


class Filter(NamedTuple):
    """A filter that is set, in words, and the question without it."""

    label: str
    without: "Question"


@dataclass(frozen=True)
class Question:
    """What a reader asks for. ``words`` is shown as typed, ``asked`` is what the database is asked."""

    words: str
    kind: Named = ARTICLES
    order: Named = RELEVANCE
    specialty: Specialty | None = None
    format: Named | None = None
    period: Period | None = None
    author: Author | None = None

    @cached_property
    def asked(self) -> Asked:
        """Return the terms to look for."""
        return Asked.by(self.words)

    @property
    def filters(self) -> list[Filter]:
        """Return the filters that are set, each with the question that it narrows."""
        labels = {name: _label(getattr(self, name)) for name in FILTERS if getattr(self, name)}
        return [Filter(label, self._without(name)) for name, label in labels.items()]

    @property
    def unfiltered(self) -> "Question":
        """Return the question without any filter."""
        return self._without(*FILTERS)

    @property
    def parameters(self) -> QueryDict:
        """Return what its address carries besides the page: nothing that goes without saying."""
        return QueryDict(self.query)

    @property
    def query(self) -> str:
        """Return the same as it stands after the question mark of an address."""
        asked = {
            "q": self.words,
            "type": "" if self.kind == ARTICLES else self.kind.name,
            "specialite": self.specialty.slug if self.specialty else "",
            "format": self.format.name if self.format else "",
            "periode": self.period.name if self.period else "",
            "auteur": self.author.slug if self.author else "",
            "tri": "" if self.order == RELEVANCE else self.order.name,
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def since(self, now: datetime) -> datetime | None:
        """Return from when on; None for ever."""
        return now - self.period.length if self.period else None

    def of_kind(self, kind: Named) -> "Question":
        """Return the same question about another kind of thing, without the filters which that does not have."""
        return replace(self._without(*(name for name in FILTERS if name not in _KEPT[kind])), kind=kind)

    def _without(self, *names: str) -> "Question":
        nothing: dict[str, Any] = dict.fromkeys(names)
        return replace(self, **nothing)


def question_of(parameters: QueryDict, specialties: Sequence[Specialty]) -> Question:
    """Read the parameters of the search page; one query more where an author is named."""
    specialty = parameters.get("specialite")
    question = Question(
        words=cleaned(parameters.get("q", "")),
        kind=_named(KINDS, parameters.get("type")) or ARTICLES,
        order=_named(ORDERS, parameters.get("tri")) or RELEVANCE,
        specialty=next((one for one in specialties if one.slug == specialty), None),
        format=_named(FORMATS, parameters.get("format")),
        period=_named(PERIODS, parameters.get("periode")),
        author=_author(parameters.get("auteur", "")),
    )
    return question.of_kind(question.kind)


def with_articles(now: datetime | None = None) -> QuerySet[Author]:
    """Return the authors of something that readers may know of at ``now``: the others have no page."""
    signed = Article.objects.published(now).filter(bylines__author=OuterRef("pk"))
    return Author.objects.filter(Exists(signed))


def _named(choices: Sequence[_Choice], name: str | None) -> _Choice | None:
    return next((choice for choice in choices if choice.name == name), None)


def _author(slug: str) -> Author | None:
    return with_articles().filter(slug=slug).first() if _SLUG.fullmatch(slug) else None


def _label(chosen: Named | Period | Specialty | Author) -> str:
    return str(chosen.label) if isinstance(chosen, Named | Period) else str(chosen)
