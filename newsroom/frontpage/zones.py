"""What editors decide about the home page, as one plain value: its zones, and the debates of the day to come.

A ``Plan`` is stored as JSON (``models.HomeEdition``) and read back leniently: what a later version of the code no
longer knows falls back to what is usual, so that an old plan always makes a page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from django.db.models import TextChoices
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LONGEST_TITLE: Final = 60


class Kind(TextChoices):
    """The places of the page. The first five stand at its top, always in this order."""

    HOT = "hot", _("At the moment")
    LEAD = "lead", _("The lead story")
    UNDER_LEAD = "under_lead", _("Under the lead")
    BESIDE_LEAD = "beside_lead", _("Beside the lead")
    DEBATE = "debate", _("Debate of the day")
    SELECTION = "selection", _("Selection")
    PARTNERS = "partners", _("Partners")
    POLL = "poll", _("Consultation")
    SPECIALTIES = "specialties", _("By specialty")
    PODCASTS = "podcasts", _("Podcasts")
    MOST_COMMENTED = "most_commented", _("Most commented")
    MOST_READ = "most_read", _("Most read")


class Source(TextChoices):
    """What fills a place."""

    USUAL = "usual", _("As usual")
    NEWEST = "newest", _("The newest stories")
    SELECTION = "selection", _("A selection")
    SPECIALTY = "specialty", _("A specialty")
    MOST_COMMENTED = "most_commented", _("The most commented")
    MOST_READ = "most_read", _("The most read in 24 hours")
    WEEK = "week", _("The most read in seven days")
    POLL = "poll", _("A chosen consultation")
    CHOSEN = "chosen", _("Chosen specialties")


@dataclass(frozen=True)
class Rule:
    """What may be decided about one kind of place: its sources, how many it holds, whether it has a title."""

    usual: str | Promise
    sources: tuple[Source, ...] = (Source.USUAL,)
    limit: int = 1
    most: int = 1
    has_title: bool = False
    can_hide: bool = True
    # Wide blocks of the lower page open a row; narrow ones stand in its rail. A full one has its row to itself.
    width: str = "narrow"


_STORIES: Final = (
    *(Source.USUAL, Source.SELECTION, Source.SPECIALTY),
    *(Source.MOST_COMMENTED, Source.MOST_READ, Source.WEEK),
)
RULES: Final[dict[Kind, Rule]] = {
    Kind.HOT: Rule(_("The tags that most stories of the month carry."), limit=7, most=12, has_title=True),
    Kind.LEAD: Rule(
        _("The first story of the newsroom’s selection that has a picture, else the newest."),
        (Source.USUAL, Source.NEWEST, Source.SELECTION, Source.SPECIALTY),
        can_hide=False,
    ),
    Kind.UNDER_LEAD: Rule(_("The newest stories."), _STORIES, limit=2, most=4),
    Kind.BESIDE_LEAD: Rule(_("The newest stories."), _STORIES, limit=4, most=6),
    Kind.DEBATE: Rule(_("The debate planned for the moment, else the newest open one."), has_title=True),
    Kind.SELECTION: Rule(
        _("The newsroom’s selection."),
        (Source.USUAL, Source.SELECTION, Source.NEWEST, Source.SPECIALTY),
        limit=14,
        most=14,
        has_title=True,
        width="wide",
    ),
    Kind.PARTNERS: Rule(
        _("The selections of all partners, each in a block of its own."),
        (Source.USUAL, Source.SELECTION),
        limit=3,
        most=3,
    ),
    Kind.POLL: Rule(_("The newest open consultation."), (Source.USUAL, Source.POLL), has_title=True),
    Kind.SPECIALTIES: Rule(
        _("The specialties with most news."),
        (Source.USUAL, Source.CHOSEN),
        limit=4,
        most=8,
        has_title=True,
        width="full",
    ),
    Kind.PODCASTS: Rule(
        _("The newest podcasts."),
        (Source.USUAL, Source.SELECTION),
        limit=2,
        most=6,
        has_title=True,
        width="wide",
    ),
    Kind.MOST_COMMENTED: Rule(_("The stories of the month with most comments."), limit=3, most=10, has_title=True),
    Kind.MOST_READ: Rule(
        _("The stories read most in 24 hours."), (Source.USUAL, Source.WEEK), limit=3, most=10, has_title=True
    ),
}
TOP: Final = (Kind.HOT, Kind.LEAD, Kind.UNDER_LEAD, Kind.BESIDE_LEAD, Kind.DEBATE)
# In which order the blocks below stand where nobody decided another.
LOWER: Final = tuple(kind for kind in RULES if kind not in TOP)


@dataclass(frozen=True)
class Zone:
    """What is decided about one place. ``subject`` is the key of a selection, specialty or consultation, or None."""

    kind: Kind
    source: Source = Source.USUAL
    subject: int | None = None
    specialties: tuple[int, ...] = ()
    title: str = ""
    limit: int = 1
    is_shown: bool = True

    @property
    def rule(self) -> Rule:
        """Return what may be decided about it."""
        return RULES[self.kind]


@dataclass(frozen=True)
class DebateSlot:
    """A debate that is the debate of the day from one moment to another; None: until the next one starts."""

    debate: int
    starts_at: datetime
    ends_at: datetime | None = None

    def is_open_at(self, now: datetime) -> bool:
        """Say whether ``now`` lies within it."""
        return self.starts_at <= now and (self.ends_at is None or now < self.ends_at)


def usual_zone(kind: Kind) -> Zone:
    """Return the zone as it is where nobody decided anything."""
    return Zone(kind, limit=RULES[kind].limit)


def _usual_zones() -> tuple[Zone, ...]:
    return tuple(usual_zone(kind) for kind in (*TOP, *LOWER))


@dataclass(frozen=True)
class Plan:
    """The home page as decided: every zone once, those of the top first, then the lower ones in the editors' order."""

    zones: tuple[Zone, ...] = field(default_factory=_usual_zones)
    debates: tuple[DebateSlot, ...] = ()

    def zone(self, kind: Kind) -> Zone:
        """Return the zone of that kind."""
        return next(zone for zone in self.zones if zone.kind == kind)

    @property
    def lower(self) -> tuple[Zone, ...]:
        """Return the zones below the top, in order."""
        return tuple(zone for zone in self.zones if zone.kind not in TOP)

    def debate_at(self, now: datetime) -> int | None:
        """Return the key of the debate planned for ``now``, the latest started first; None where none is."""
        running = [slot for slot in self.debates if slot.is_open_at(now)]
        return max(running, key=lambda slot: slot.starts_at).debate if running else None

    def next_turn(self, now: datetime) -> datetime | None:
        """Return the next moment after ``now`` at which another debate may be the one of the day."""
        moments = (moment for slot in self.debates for moment in (slot.starts_at, slot.ends_at))
        return min((moment for moment in moments if moment is not None and moment > now), default=None)


USUAL: Final = Plan()


def completed(zones: Iterable[Zone], debates: Sequence[DebateSlot] = ()) -> Plan:
    """Return a plan with every kind once: the first of each that is given, in order; what is missing as usual.

    A lower kind that is missing (one that is younger than the plan) comes last.
    """
    given: dict[Kind, Zone] = {}
    for zone in zones:
        given.setdefault(zone.kind, zone)
    top = [given.get(kind) or usual_zone(kind) for kind in TOP]
    lower = [zone for kind, zone in given.items() if kind not in TOP]
    missing = [usual_zone(kind) for kind in LOWER if kind not in given]
    return Plan((*top, *lower, *missing), tuple(sorted(debates, key=lambda slot: (slot.starts_at, slot.debate))))


def to_json(plan: Plan) -> dict[str, Any]:
    """Return the plan as JSON holds it: keys as numbers, moments in ISO 8601."""
    zones = [asdict(zone) | {"specialties": list(zone.specialties)} for zone in plan.zones]
    debates = [
        {
            "debate": slot.debate,
            "starts_at": slot.starts_at.isoformat(),
            "ends_at": slot.ends_at.isoformat() if slot.ends_at else None,
        }
        for slot in plan.debates
    ]
    return {"zones": zones, "debates": debates}


def from_json(stored: Any) -> Plan:
    """Return the plan that ``to_json`` gave; kinds and sources that no longer exist are as usual."""
    known = [zone for one in stored.get("zones", ()) if (zone := _read_zone(one)) is not None]
    slots = [slot for one in stored.get("debates", ()) if (slot := _read_slot(one)) is not None]
    return completed(known, slots)


def _read_zone(stored: dict[str, Any]) -> Zone | None:
    if stored.get("kind") not in Kind.values:
        return None
    kind = Kind(stored["kind"])
    rule = RULES[kind]
    is_known = stored.get("source") in rule.sources
    return Zone(
        kind=kind,
        source=Source(stored["source"]) if is_known else Source.USUAL,
        subject=stored.get("subject") if is_known else None,
        specialties=tuple(stored.get("specialties", ())) if is_known else (),
        title=stored.get("title", ""),
        limit=min(max(1, stored.get("limit", rule.limit)), rule.most),
        is_shown=stored.get("is_shown", True) or not rule.can_hide,
    )


def _read_slot(stored: dict[str, Any]) -> DebateSlot | None:
    starts_at = parse_datetime(stored.get("starts_at") or "")
    if starts_at is None:
        return None
    return DebateSlot(stored["debate"], starts_at, parse_datetime(stored.get("ends_at") or "") or None)


# What a change may be about, in words, and how to look at it.
ASPECTS: Final[tuple[tuple[str | Promise, Callable[[Zone], Any]], ...]] = (
    (_("what fills it"), lambda zone: (zone.source, zone.subject, zone.specialties)),
    (_("title"), lambda zone: zone.title),
    (_("how many"), lambda zone: zone.limit),
    (_("shown or hidden"), lambda zone: zone.is_shown),
)


def changes(before: Plan, after: Plan) -> list[str]:
    """Return in words what differs between two plans: "Beside the lead: title, number"; empty for equal ones."""
    told = []
    for zone in after.zones:
        old = before.zone(zone.kind)
        aspects = [str(label) for label, look in ASPECTS if look(old) != look(zone)]
        if aspects:
            told.append(f"{zone.kind.label}\N{NO-BREAK SPACE}: {', '.join(aspects)}")
    if [zone.kind for zone in before.lower] != [zone.kind for zone in after.lower]:
        told.append(str(_("Order of the blocks")))
    if before.debates != after.debates:
        told.append(str(_("Planned debates of the day")))
    return told


def moved(plan: Plan, kind: Kind, steps: int) -> Plan:
    """Return the plan with a lower zone moved by ``steps`` places (-1: up); a zone of the top stays."""
    order = list(plan.lower)
    at = next((number for number, zone in enumerate(order) if zone.kind == kind), None)
    if at is None:
        return plan
    zone = order.pop(at)
    order.insert(max(0, min(len(order), at + steps)), zone)
    return replace(plan, zones=(*(zone for zone in plan.zones if zone.kind in TOP), *order))
