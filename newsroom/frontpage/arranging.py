"""Laying out the home page: pure functions from a plan and what is at hand to stories in their places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from articles.models import Article
from articles.surroundings import Shelf
from newsroom.frontpage.stock import Stock
from newsroom.frontpage.zones import USUAL, Kind, Plan, Source, Zone
from newsroom.taxonomy.models import Specialty

COLUMN_ITEMS: Final = 3


@dataclass(frozen=True)
class SpecialtyColumn:
    """A specialty and its newest stories."""

    specialty: Specialty
    articles: list[Article]


@dataclass(frozen=True)
class Stories:
    """The stories in their places. No story stands twice but in the last two; an empty place is not shown."""

    lead: Article | None = None
    under_lead: list[Article] = field(default_factory=list)
    beside_lead: list[Article] = field(default_factory=list)
    selection: list[Article] = field(default_factory=list)
    partners: list[Shelf] = field(default_factory=list)
    podcasts: list[Article] = field(default_factory=list)
    columns: list[SpecialtyColumn] = field(default_factory=list)
    most_commented: list[Article] = field(default_factory=list)
    most_read: list[Article] = field(default_factory=list)


@dataclass(frozen=True)
class Row:
    """A row of the lower page: a wide block or none, and narrow ones beside it. Kinds, of which none is empty."""

    main: Zone | None
    rail: list[Zone] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Say whether its block has the row to itself."""
        return self.main is not None and self.main.rule.width == "full"


class _Taker:
    """Hands out stories from lists, each story once."""

    def __init__(self) -> None:
        self.taken: set[int] = set()

    def take(self, articles: Iterable[Article], most: int) -> list[Article]:
        """Return the first ``most`` stories not handed out before, and remember them."""
        free: list[Article] = []
        for article in articles:
            if len(free) == most:
                break
            if article.pk not in self.taken:
                self.taken.add(article.pk)
                free.append(article)
        return free


def arrange(stock: Stock, plan: Plan = USUAL) -> Stories:
    """Return the stories of ``stock`` in the places of ``plan``.

    The lead is chosen first: as usual the first chosen story with an image, else the newest. What editors have chosen
    by hand, and the podcasts, are set aside before the newest ones are dealt, so that their blocks stay whole.
    """
    taker = _Taker()
    lead = next(iter(taker.take(_leads(plan.zone(Kind.LEAD), stock), 1)), None)
    order = (Kind.SELECTION, Kind.PODCASTS, Kind.BESIDE_LEAD, Kind.UNDER_LEAD)
    zones = [plan.zone(kind) for kind in order]
    zones.sort(key=_deals)
    dealt = {zone.kind: taker.take(_stories(zone, stock), zone.limit) if zone.is_shown else [] for zone in zones}
    partners = _partners(plan.zone(Kind.PARTNERS), stock, taker)
    most_commented, most_read = most(stock, plan)
    return Stories(
        lead=lead,
        under_lead=dealt[Kind.UNDER_LEAD],
        beside_lead=dealt[Kind.BESIDE_LEAD],
        selection=dealt[Kind.SELECTION],
        partners=partners,
        podcasts=dealt[Kind.PODCASTS],
        columns=_columns(plan.zone(Kind.SPECIALTIES), stock, taker),
        most_commented=most_commented,
        most_read=most_read,
    )


def most(stock: Stock, plan: Plan) -> tuple[list[Article], list[Article]]:
    """Return what is discussed most and what is read most, as the plan shows them: they may repeat other stories."""
    commented, read = plan.zone(Kind.MOST_COMMENTED), plan.zone(Kind.MOST_READ)
    most_read = stock.most_read.get(Source.WEEK if read.source == Source.WEEK else Source.MOST_READ, ())
    return (
        list(stock.most_commented[: commented.limit]) if commented.is_shown else [],
        list(most_read[: read.limit]) if read.is_shown else [],
    )


def laid_out(zones: Sequence[Zone]) -> list[Row]:
    """Return the rows of the lower page for zones that have something to show, in the editors' order.

    A wide block opens a row, and narrow ones that follow stand beside it; narrow ones that follow none stand side by
    side. A full block has its row to itself.
    """
    rows: list[Row] = []
    for zone in zones:
        if zone.rule.width != "narrow":
            rows.append(Row(zone))
        elif rows and not rows[-1].is_full:
            rows[-1].rail.append(zone)
        else:
            rows.append(Row(None, [zone]))
    return rows


def _deals(zone: Zone) -> int:
    """Return when a zone is dealt its stories: first what was chosen one by one or is few, last the newest."""
    is_usual = zone.source == Source.USUAL
    if zone.source == Source.SELECTION or (is_usual and zone.kind in {Kind.SELECTION, Kind.PODCASTS}):
        return 0
    return 2 if is_usual or zone.source == Source.NEWEST else 1


def _leads(zone: Zone, stock: Stock) -> list[Article]:
    """Return who may lead, the best first; never nobody while there is any story of the newsroom's own."""
    named = [] if zone.source == Source.USUAL else list(_stories(zone, stock))
    if zone.source in {Source.NEWEST, Source.SPECIALTY}:
        return [*named, *stock.newest, *stock.chosen]
    with_image = [article for article in (*named, *stock.chosen) if article.image_id]
    return [*with_image, *named, *stock.newest, *stock.chosen]


def _stories(zone: Zone, stock: Stock) -> Sequence[Article]:
    """Return the list that a zone draws on; a list that is not there any more is like the usual one."""
    subject = zone.subject or 0
    if zone.source == Source.SELECTION and subject in stock.selections:
        return stock.selections[subject].articles
    if zone.source == Source.SPECIALTY and subject in stock.specialties:
        return stock.specialties[subject]
    if zone.source == Source.MOST_COMMENTED:
        return stock.most_commented
    if zone.source == Source.NEWEST:
        return stock.newest
    if zone.source in stock.most_read:
        return stock.most_read[zone.source]
    return {Kind.SELECTION: stock.chosen, Kind.PODCASTS: stock.podcasts}.get(zone.kind, stock.newest)


def _partners(zone: Zone, stock: Stock, taker: _Taker) -> list[Shelf]:
    """Return the partners' blocks: each partner's own, or the one partner's that the zone names."""
    if not zone.is_shown:
        return []
    wanted = [one for one in stock.partners if zone.source == Source.USUAL or one.selection.pk == zone.subject]
    blocks = [Shelf(one.selection, taker.take(one.articles, zone.limit)) for one in wanted]
    return [block for block in blocks if block.articles]


def _columns(zone: Zone, stock: Stock, taker: _Taker) -> list[SpecialtyColumn]:
    """Return columns of what is left: the named specialties in the order given, else those with most news."""
    if not zone.is_shown:
        return []
    if zone.source == Source.CHOSEN:
        named = [stock.named[key] for key in zone.specialties if key in stock.named][: zone.limit]
        columns = [SpecialtyColumn(one, taker.take(stock.specialties.get(one.pk, ()), COLUMN_ITEMS)) for one in named]
        return [column for column in columns if column.articles]
    by_specialty: dict[Specialty, list[Article]] = defaultdict(list)
    for article in stock.newest:
        if article.primary_specialty and article.pk not in taker.taken:
            by_specialty[article.primary_specialty].append(article)
    in_order = sorted(by_specialty, key=lambda specialty: (specialty.position, specialty.name))
    fullest = sorted(in_order, key=lambda specialty: -min(len(by_specialty[specialty]), COLUMN_ITEMS))[: zone.limit]
    return [SpecialtyColumn(one, taker.take(by_specialty[one], COLUMN_ITEMS)) for one in in_order if one in fullest]
