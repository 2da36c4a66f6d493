"""Reading a debate: its two sides, page by page, and who is there just now."""

from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from django.db.models import Count
from django.http import Http404

from debates.models import Argument, Debate
from newsroom.accounts.models import User
from newsroom.core.paging import page_from
from newsroom.discussions.cards import accent_of
from newsroom.discussions.presence import present
from polls.models import Choice

ARGUMENTS_A_SIDE = 10
# Names in addresses: ``?oui=2#camp-oui`` is the second page of the first side, whatever it is called.
SIDE_NAMES = ("oui", "non")
# Design, section 5, "Debate" 7: one person alone is no company.
FEWEST_ONLINE = 2
MOST_NAMES = 12


@dataclass(frozen=True)
class Side:
    """One side of a debate, a page of it."""

    choice: Choice
    name: str
    """Its name in addresses: "oui" or "non"."""
    arguments: list[Argument]
    total: int
    """Published arguments on all pages."""
    page: int

    @property
    def more(self) -> int:
        """Return how many arguments come after this page."""
        return max(0, self.total - self.page * ARGUMENTS_A_SIDE)


def sides_of(debate: Debate, parameters: Mapping[str, str]) -> list[Side]:
    """Return both sides, featured argument first, then the newest; three queries whatever their size.

    ``parameters`` may name a page of each side (``{"oui": "2"}``); Http404 for one that does not exist.
    """
    arguments = debate.arguments.published()
    by_side = arguments.order_by().values_list("position_id").annotate(total=Count("pk"))
    totals = dict(by_side)
    return [
        _side(debate, choice, name, totals.get(choice.pk, 0), parameters.get(name, "1"))
        for choice, name in zip(debate.poll.choices.all(), SIDE_NAMES, strict=True)
    ]


def _side(debate: Debate, choice: Choice, name: str, total: int, asked: str) -> Side:
    page = page_from(asked)
    if page is None or (page > 1 and (page - 1) * ARGUMENTS_A_SIDE >= total):
        raise Http404
    start = (page - 1) * ARGUMENTS_A_SIDE
    arguments = debate.arguments.published().filter(position=choice).featured_first().for_listing()
    return Side(choice, name, list(arguments[start : start + ARGUMENTS_A_SIDE]), total, page)


@dataclass(frozen=True)
class Debater:
    """Somebody who takes part just now and agreed to be shown."""

    name: str
    initials: str
    accent: str
    position: Choice | None
    """The side of his published argument; a vote alone is secret."""


@dataclass(frozen=True)
class Company:
    """Who is at a debate just now; nobody below two."""

    debaters: list[Debater]
    count: int
    version: str
    """Changes whenever the rest does."""


def company_of(debate: Debate) -> Company:
    """Return who takes part in the debate now; no query while fewer than two are there.

    People count from the two minutes of ``discussions.presence``, among those who agreed to be shown. At most
    twelve are named.
    """
    ids = sorted(present(debate.thread_id))
    if len(ids) < FEWEST_ONLINE:
        return Company([], 0, "0")
    arguments = debate.arguments.published().filter(author__in=ids).select_related("position")
    sides = {argument.author_id: argument.position for argument in arguments}
    people = User.objects.active().filter(pk__in=ids, shows_presence=True).order_by("pk")
    debaters = [_debater(person, sides.get(person.pk)) for person in people]
    if len(debaters) < FEWEST_ONLINE:
        return Company([], 0, "0")
    version = f"{crc32(repr([(one.name, one.position) for one in debaters]).encode()):x}"
    return Company(debaters[:MOST_NAMES], len(debaters), version)


def _debater(person: User, position: Choice | None) -> Debater:
    return Debater(person.signature, person.initials, accent_of(person.signature), position)
