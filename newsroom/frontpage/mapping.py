"""What search engines may know of: public pages and when they last changed, in parts that stay as they are.

A part holds the rows of one kind whose keys lie in one range of ten thousand, so that what is old is fetched once: new
rows come into the last part alone.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Author, Selection, SelectionEdition, SelectionItem
from articles.models.dossiers import Dossier
from debates.models import Debate
from newsroom.pages.models import Page
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Poll

# Keys in one part; a sitemap may hold 50,000 addresses (sitemaps.org).
PART: Final = 10_000
# Google's news sitemaps: the last two days, 1,000 stories at most.
NEWS_AGE: Final = timedelta(days=2)
MOST_NEWS: Final = 1_000
# A tag with fewer articles is no page that search engines should keep.
WORTH_INDEXING: Final = 3
LISTS: Final = (
    *("frontpage:home", "articles:list", "articles:specialties", "articles:corrections"),
    *("articles:dossiers", "debates:list", "polls:list", "frontpage:site-plan"),
)


class Entry(NamedTuple):
    """An absolute address, and when the page changed where that is known."""

    address: str
    changed_at: datetime | None = None


class Story(NamedTuple):
    """What news indexes are told of a story."""

    address: str
    title: str
    published_at: datetime | None


class Part(NamedTuple):
    """One part of the map, and when something in it last changed, where that is known."""

    kind: str
    number: int
    changed_at: datetime | None


class Kind(NamedTuple):
    """One kind of page that there are many of: the rows, annotated with ``moved_at``, and the route of their pages."""

    rows: Callable[[], QuerySet[Any]]
    route: str


def absolute(address: str) -> str:
    """Return an address of the site with its host; one that has a host already is left as it is."""
    return address if "://" in address else f"{settings.SITE_URL}{address}"


def parts() -> list[Part]:
    """Return the parts in which there is something, kind by kind; one query a kind."""
    found = []
    for name, kind in KINDS.items():
        place = ExpressionWrapper((F("pk") - 1) / PART, BigIntegerField())
        ranges = kind.rows().order_by().annotate(place=place).values_list("place").annotate(last=Max("moved_at"))
        found += [Part(name, place + 1, last) for place, last in sorted(ranges)]
    return found


def entries_of(kind: str, number: int) -> list[Entry]:
    """Return the entries of one part, by key; empty where there is no such part. One query."""
    wanted = KINDS[kind]
    rows = wanted.rows().filter(pk__gt=(number - 1) * PART, pk__lte=number * PART).order_by("pk")
    before, after = absolute(reverse(wanted.route, args=["slug"])).rsplit("slug", 1)
    return [Entry(f"{before}{slug}{after}", at) for slug, at in rows.values_list("slug", "moved_at")]


def lists() -> list[Entry]:
    """Return what there are few of: lists, specialties, selections, dossiers, texts about the house; five queries."""
    newest = Article.objects.published().aggregate(at=Max("published_at"))["at"]
    moving = {"frontpage:home", "articles:list"}
    found = [Entry(absolute(reverse(name)), newest if name in moving else None) for name in LISTS]
    found += [_entry(specialty, specialty.moved_at) for specialty in _specialties()]
    found += [_entry(selection) for selection in Selection.objects.filter(_shows_something())]
    found += [_entry(dossier) for dossier in Dossier.objects.published().newest_first()]
    return found + [_entry(page, page.changed_at) for page in Page.objects.all()]


def news() -> list[Story]:
    """Return the newsroom's own stories of the last two days: nobody paid for them, and they came out here first."""
    own = Article.objects.published().own().filter(canonical_url="")
    recent = own.filter(published_at__gte=timezone.now() - NEWS_AGE).newest_first()
    rows = recent.only("slug", "title", "published_at")[:MOST_NEWS]
    return [Story(absolute(article.get_absolute_url()), article.title, article.published_at) for article in rows]


def _entry(shown: Any, changed_at: datetime | None = None) -> Entry:
    return Entry(absolute(shown.get_absolute_url()), changed_at)


def _articles() -> QuerySet[Any]:
    """Return the articles whose pages are the ones to keep: not what was published first elsewhere."""
    ours = Article.objects.published().filter(canonical_url="")
    return ours.annotate(moved_at=Greatest("published_at", "corrected_at"))


def _debates() -> QuerySet[Any]:
    return Debate.objects.published().annotate(moved_at=_phase("poll__"))


def _polls() -> QuerySet[Any]:
    return Poll.objects.published().standalone().annotate(moved_at=_phase(""))


def _tags() -> QuerySet[Any]:
    carried = _held("article_tags__tag")
    main = Tag.objects.filter(synonym_of=None).annotate(moved_at=carried.last, total=carried.total)
    return main.filter(total__gte=WORTH_INDEXING)


def _authors() -> QuerySet[Any]:
    signed = _held("bylines__author")
    return Author.objects.annotate(moved_at=signed.last).exclude(moved_at=None)


def _specialties() -> QuerySet[Any]:
    """Return the specialties with something in them, filed there first or also, and when the newest came."""
    first, also = _held("primary_specialty").last, _held("specialties").last
    return Specialty.objects.annotate(moved_at=Greatest(first, also)).exclude(moved_at=None)


class Held(NamedTuple):
    """What stands under a row: when the newest came, and how many there are."""

    last: Subquery
    total: Subquery


def _held(relation: str) -> Held:
    """Return what is published under the row of an outer query that ``relation`` leads to."""
    held = Article.objects.published().filter(**{relation: OuterRef("pk")}).order_by().values(relation)
    return Held(Subquery(held.values(at=Max("published_at"))), Subquery(held.values(number=Count("pk"))))


def _phase(path: str) -> Case:
    """Return when a question last changed by itself: its closing once that is over, else its opening."""
    over = When(**{f"{path}closes_at__lte": timezone.now(), "then": F(f"{path}closes_at")})
    return Case(over, default=F(f"{path}opens_at"))


def _shows_something() -> Exists:
    """Say of a selection whether the edition that readers see holds a published article, or a rule that finds one."""
    public = Q(article__in=Article.objects.published()) | Q(article=None)
    editions = SelectionEdition.objects.shown_at().filter(selection=OuterRef(OuterRef("pk")))
    return Exists(SelectionItem.objects.filter(public, edition__in=editions))


KINDS: Final = {
    "articles": Kind(_articles, "articles:article"),
    "debats": Kind(_debates, "debates:debate"),
    "consultations": Kind(_polls, "polls:poll"),
    "themes": Kind(_tags, "articles:tag"),
    "auteurs": Kind(_authors, "articles:author"),
}
