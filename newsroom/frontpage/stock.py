"""What is at hand for the home page: lists of stories, fetched in a number of queries that no plan changes.

Selections take two queries (three when slots are filled by a rule), everything else two: one for the keys of all
lists, one for their cards.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db.models import F, OuterRef, QuerySet, Subquery, Value, Window
from django.db.models.functions import Coalesce, RowNumber

from articles.models import Article, ArticleQuerySet, Selection, SelectionItem
from articles.models.selections import LONGEST_SELECTION, NEWSROOM_SELECTION
from articles.showing import shown
from articles.surroundings import Shelf
from newsroom.audience.models import MostRead
from newsroom.frontpage.zones import RULES, Kind, Plan, Source, Zone
from newsroom.taxonomy.models import Specialty

# How many of the newest stories the page is made of: enough for the columns after all the others have taken theirs.
NEWEST: Final = 100
# What all the other places may have taken from a list before the one that it is for.
ELSEWHERE: Final = (
    1 + sum(RULES[kind].most for kind in (Kind.UNDER_LEAD, Kind.BESIDE_LEAD, Kind.PODCASTS)) + (LONGEST_SELECTION)
)

# A list of stories: its source and the key of what it is about.
Name = tuple[str, int]
NEWEST_STORIES: Final[Name] = ("newest", 0)
NEWEST_PODCASTS: Final[Name] = ("podcasts", 0)
MOST_COMMENTED: Final[Name] = ("most_commented", 0)
# Read most in so many hours.
MOST_READ: Final[dict[Source, Name]] = {Source.MOST_READ: ("most_read", 24), Source.WEEK: ("most_read", 7 * 24)}


@dataclass(frozen=True)
class Stock:
    """What there is to show, each list in its own order; partners' stories are in ``partners`` only."""

    # What the newsroom's own selection shows.
    chosen: Sequence[Article] = ()
    # What the newsroom's selections show, the named ones too, by their keys.
    selections: dict[int, Shelf] = field(default_factory=dict)
    partners: Sequence[Shelf] = ()
    newest: Sequence[Article] = ()
    podcasts: Sequence[Article] = ()
    most_commented: Sequence[Article] = ()
    # What was read most, in a day and in a week.
    most_read: dict[Source, Sequence[Article]] = field(default_factory=dict)
    # The newest stories of the specialties that the plan names, by their keys.
    specialties: dict[int, Sequence[Article]] = field(default_factory=dict)
    # The specialties that the plan names, by their keys.
    named: dict[int, Specialty] = field(default_factory=dict)


def at_hand(plan: Plan, now: datetime) -> Stock:
    """Return what the plan's zones may draw on at ``now``, in at most six queries."""
    wanted = [zone for zone in plan.zones if zone.is_shown]
    blocks = shown(_selections(wanted), cards(now), now)
    lists = _lists(_names(wanted), now)
    named = _named(wanted)
    return Stock(
        chosen=next((block.articles for block in blocks if block.selection.slug == NEWSROOM_SELECTION), ()),
        selections={
            block.selection.pk: Shelf(block.selection, block.articles)
            for block in blocks
            if not block.selection.is_partner
        },
        partners=[Shelf(block.selection, block.articles) for block in blocks if block.selection.is_partner],
        newest=lists.get(NEWEST_STORIES, ()),
        podcasts=lists.get(NEWEST_PODCASTS, ()),
        most_commented=lists.get(MOST_COMMENTED, ()),
        most_read={source: lists.get(name, ()) for source, name in MOST_READ.items()},
        specialties={key: articles for (source, key), articles in lists.items() if source == Source.SPECIALTY},
        named=Specialty.objects.in_bulk(named) if named else {},
    )


def ranked(plan: Plan, now: datetime) -> Stock:
    """Return what is discussed and read most at ``now``, and nothing else, in two queries."""
    wanted = [zone for zone in plan.zones if zone.is_shown]
    lists = _lists([MOST_COMMENTED, *(MOST_READ[source] for source in sorted(_read(wanted)))], now)
    return Stock(
        most_commented=lists.get(MOST_COMMENTED, ()),
        most_read={source: lists.get(name, ()) for source, name in MOST_READ.items()},
    )


def cards(now: datetime) -> ArticleQuerySet:
    """Return what readers may know of at ``now``, with what a card shows and no more."""
    return (
        Article.objects.published(now)
        .select_related("image", "thread", "primary_specialty")
        .defer("body", "body_html", "key_points")
    )


def _selections(zones: Sequence[Zone]) -> QuerySet[Selection]:
    """Return the newsroom's selection, the partners' and those that zones name; a partner's is labelled as one."""
    named = {zone.subject for zone in zones if zone.source == Source.SELECTION and zone.subject is not None}
    usual = Selection.objects.filter(slug=NEWSROOM_SELECTION) | Selection.objects.partners()
    return usual | Selection.objects.filter(pk__in=named) if named else usual


def _lists(names: Sequence[Name], now: datetime) -> dict[Name, list[Article]]:
    """Return the lists with these names, best first; two queries for all of them."""
    branches = [_branch(name, now) for name in names]
    rows = branches[0].union(*branches[1:], all=True)
    keys: dict[Name, list[int]] = defaultdict(list)
    for source, about, _rank, key in sorted(rows):
        keys[source, about].append(key)
    fetched = cards(now).in_bulk({key for listed in keys.values() for key in listed})
    return {name: [fetched[key] for key in listed if key in fetched] for name, listed in keys.items()}


def _names(zones: Sequence[Zone]) -> list[Name]:
    about = [(str(Source.SPECIALTY), key) for key in _named(zones)]
    read = [MOST_READ[source] for source in sorted(_read(zones))]
    return [NEWEST_STORIES, NEWEST_PODCASTS, MOST_COMMENTED, *read, *about]


def _read(zones: Sequence[Zone]) -> set[Source]:
    """Return over which time the zones want what was read most."""
    named = {zone.source for zone in zones if zone.source in MOST_READ}
    usual = any(zone.kind == Kind.MOST_READ and zone.source == Source.USUAL for zone in zones)
    return named | ({Source.MOST_READ} if usual else set())


def _named(zones: Sequence[Zone]) -> list[int]:
    """Return the keys of the specialties that the zones name."""
    keys = {zone.subject for zone in zones if zone.source == Source.SPECIALTY and zone.subject is not None}
    return sorted(keys.union(*(zone.specialties for zone in zones)))


def _branch(name: Name, now: datetime) -> QuerySet[Article, Any]:
    """Return the keys of one list with their rank: the newsroom's own stories, none of which is a partner's too."""
    bought = SelectionItem.objects.filter(edition__selection__is_partner=True, article__isnull=False)
    own = Article.objects.published(now).own().exclude(pk__in=bought.exclude(edition__starts_at=None).values("article"))
    best_first: list[Any] = [F("published_at").desc(), F("pk").desc()]
    most = ELSEWHERE + RULES[Kind.SPECIALTIES].most
    if name in MOST_READ.values():
        return _read_most(name, own, most)
    if name == NEWEST_STORIES:
        most = NEWEST
    elif name == NEWEST_PODCASTS:
        own = own.podcasts()
    elif name == MOST_COMMENTED:
        own = own & Article.objects.most_commented(now)
        best_first = [Coalesce("thread__comment_count", 0).desc(), *best_first]
    else:
        own = own.in_specialty(Specialty(pk=name[1]))
    ordered = own.order_by(*best_first)[:most]
    return _keys(name, ordered, Window(RowNumber(), order_by=best_first))


def _read_most(name: Name, own: ArticleQuerySet, most: int) -> QuerySet[Article, Any]:
    """Return the keys of what was read most, as ``newsroom.audience`` ranks it every few minutes."""
    places = MostRead.objects.filter(span=name[1])
    place = Subquery(places.filter(article_id=OuterRef("pk")).values("position")[:1])
    among = own.filter(pk__in=places.values("article_id")).order_by(place)[:most]
    return _keys(name, among, place)


def _keys(name: Name, articles: QuerySet[Article], rank: Any) -> QuerySet[Article, Any]:
    source, about = name
    return articles.annotate(source=Value(source), about=Value(about), rank=rank).values_list(
        "source", "about", "rank", "pk"
    )
