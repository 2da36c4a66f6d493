"""Merging what two people made of the same text: three-way, value by value, row by row, block by block.

Each function takes the version that both started from, mine (which is being saved) and theirs (which was saved in the
meantime). What only one of them changed is taken; what both changed alike is taken once; what both changed otherwise
is a conflict, of which nothing is lost: a person chooses. With ``NO_BASE`` for the common version, every difference is
a conflict.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, Generic, Literal, NamedTuple, TypeVar

from newsroom.core.aligning import aligned, stretches
from newsroom.core.blocks import Block, blocks_of, html_of

T = TypeVar("T")
H = TypeVar("H", bound=Hashable)
Choice = Literal["mine", "theirs", "both"]


class _NoBase(Enum):
    NO_BASE = "no base"


#: Stands for the common version where nobody knows it (``None`` is a value like any other).
NO_BASE: Final = _NoBase.NO_BASE


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """What came out: the value to propose, and whether a person has to look at it."""

    value: T
    is_conflict: bool = False


class Part(NamedTuple, Generic[T]):
    """A stretch of a merged sequence; in a conflict ``theirs`` stands against ``mine``, else it is None."""

    mine: tuple[T, ...]
    theirs: tuple[T, ...] | None = None

    @property
    def is_conflict(self) -> bool:
        """Say whether both sides changed it, each otherwise."""
        return self.theirs is not None


@dataclass(frozen=True, slots=True)
class MergedText:
    """A merged body: its parts in order, of which some are conflicts."""

    parts: tuple[Part[Block], ...]

    @property
    def is_conflict(self) -> bool:
        """Say whether a person has to choose somewhere."""
        return any(part.is_conflict for part in self.parts)

    @property
    def value(self) -> str:
        """Return the HTML in which nothing is lost: in a conflict mine, then theirs."""
        return self.resolved({})

    @property
    def conflicts(self) -> list[tuple[int, str, str]]:
        """Return the number of each conflicting part with the HTML of both versions: what a person chooses from."""
        found = ((at, part) for at, part in enumerate(self.parts) if part.theirs is not None)
        return [(at, html_of(part.mine), html_of(part.theirs or ())) for at, part in found]

    def resolved(self, choices: Mapping[int, Choice]) -> str:
        """Return the HTML with the choice for each conflict, by the number of its part; "both" where none is given."""
        blocks: list[Block] = []
        for at, part in enumerate(self.parts):
            choice = choices.get(at, "both")
            blocks += part.mine if choice != "theirs" or part.theirs is None else ()
            blocks += part.theirs if choice != "mine" and part.theirs is not None else ()
        return html_of(blocks)


def merge_value(base: T | _NoBase, mine: T, theirs: T) -> Merged[T]:
    """Merge two values that cannot be parted: a title, a date, the key of a row. A conflict proposes mine."""
    if theirs in (mine, base):
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    return Merged(mine, is_conflict=True)


def merge_set(base: Iterable[H] | _NoBase, mine: Iterable[H], theirs: Iterable[H]) -> Merged[frozenset[H]]:
    """Merge two sets, such as tags: what either added is in, what either took out is out. No conflict with a base."""
    ours, others = frozenset(mine), frozenset(theirs)
    if isinstance(base, _NoBase):
        return Merged(ours | others, is_conflict=ours != others)
    common = frozenset(base)
    return Merged((common & ours & others) | (ours - common) | (others - common))


def merge_rows(
    base: Sequence[T] | _NoBase,
    mine: Sequence[T],
    theirs: Sequence[T],
    key: Callable[[T], Hashable],
) -> Merged[list[T]]:
    """Merge two lists of rows whose order counts, such as signatures and references; ``key`` says which row is which.

    A row that one side took out and the other changed stays, as a conflict; so do rows that both put at one place
    (mine, then theirs). Of a row that both changed or moved, mine is proposed. Rows are compared by ``==``.
    """
    known: list[T] = []
    named = {side: _named(rows, known) for side, rows in (("mine", mine), ("theirs", theirs))}
    if isinstance(base, _NoBase):
        parts = _without_base(named["mine"], named["theirs"], _number)
    else:
        parts = _parts(_named(base, known), named["mine"], named["theirs"], _number)
    rows = [row for part in parts for _number_, row in (*part.mine, *(part.theirs or ()))]
    kept: dict[Hashable, T] = {}
    for row in rows:
        kept.setdefault(key(row), row)
    is_conflict = len(kept) < len(rows) or any(part.is_conflict for part in parts)
    return Merged(list(kept.values()), is_conflict=is_conflict)


def merge_html(base: str | _NoBase | None, mine: str, theirs: str) -> MergedText:
    """Merge two article bodies (source HTML) block by block: paragraphs, headings, items, rows of tables, figures.

    Changes to different blocks are merged silently, also to neighbours. None for ``base`` is ``NO_BASE``.
    """
    ours, others = blocks_of(mine), blocks_of(theirs)
    if base is None or isinstance(base, _NoBase):
        return MergedText(_without_base(ours, others, _identity))
    return MergedText(_parts(blocks_of(base), ours, others, _identity, _in_step))


class _Hunk(NamedTuple, Generic[T]):
    """What one side put in the place of a stretch of the common version."""

    start: int
    end: int
    items: tuple[T, ...]
    is_mine: bool

    def meets(self, start: int, end: int) -> bool:
        """Say whether it touches the same items as the stretch, or is put in at the same place."""
        if (self.start, self.end) == (start, end):
            return True
        if self.start == self.end:
            return start < self.start < end
        return self.start < start < self.end if start == end else max(self.start, start) < min(self.end, end)


def _parts(
    base: Sequence[T],
    mine: Sequence[T],
    theirs: Sequence[T],
    identity: Callable[[T], Hashable],
    settle: Callable[[T, T, T], T] = lambda _base, mine, _theirs: mine,
) -> tuple[Part[T], ...]:
    """Return the merged sequence; ``settle`` makes one item of three that are the same to ``identity``."""
    here, my_hunks = _hunks(base, mine, identity, is_mine=True)
    there, their_hunks = _hunks(base, theirs, identity, is_mine=False)
    parts: list[Part[T]] = []
    at = 0
    for start, end, hunks in [*_clusters([*my_hunks, *their_hunks]), (len(base), len(base), [])]:
        parts.append(Part(tuple(settle(base[i], here[i], there[i]) for i in range(at, start))))
        parts.append(_decided(base, start, end, hunks, identity))
        at = end
    return tuple(part for part in parts if part.mine or part.theirs)


def _hunks(
    base: Sequence[T], side: Sequence[T], identity: Callable[[T], Hashable], *, is_mine: bool
) -> tuple[dict[int, T], list[_Hunk[T]]]:
    """Return what a side has kept of the common version, by its place there, and what it has put in places."""
    kept: dict[int, T] = {}
    hunks: list[_Hunk[T]] = []
    runs = aligned([identity(item) for item in base], [identity(item) for item in side])
    for (start, end, new_start, new_end), run in stretches(runs, len(base), len(side)):
        kept |= {run.old + step: side[run.new + step] for step in range(run.length)}
        if start < end or new_start < new_end:
            hunks += _split(start, end, tuple(side[new_start:new_end]), is_mine=is_mine)
    return kept, hunks


def _split(start: int, end: int, items: tuple[T, ...], *, is_mine: bool) -> list[_Hunk[T]]:
    """Return a stretch of as many items as before item by item: neighbours may then be changed by two people."""
    if end - start != len(items):
        return [_Hunk(start, end, items, is_mine)]
    return [_Hunk(start + at, start + at + 1, (item,), is_mine) for at, item in enumerate(items)]


def _clusters(hunks: list[_Hunk[T]]) -> Iterator[tuple[int, int, list[_Hunk[T]]]]:
    """Yield the hunks of both sides that meet, together, with the stretch of the common version that they touch."""
    start = end = -1
    met: list[_Hunk[T]] = []
    for hunk in sorted(hunks, key=lambda hunk: (hunk.start, hunk.end)):
        if met and hunk.meets(start, end):
            met.append(hunk)
            end = max(end, hunk.end)
            continue
        if met:
            yield start, end, met
        start, end, met = hunk.start, hunk.end, [hunk]
    if met:
        yield start, end, met


def _decided(
    base: Sequence[T], start: int, end: int, hunks: list[_Hunk[T]], identity: Callable[[T], Hashable]
) -> Part[T]:
    """Return what stands in place of a stretch that either side or both have changed."""
    mine = _applied(base, start, end, [hunk for hunk in hunks if hunk.is_mine])
    theirs = _applied(base, start, end, [hunk for hunk in hunks if not hunk.is_mine])
    if not any(hunk.is_mine for hunk in hunks):
        return Part(theirs)
    if all(hunk.is_mine for hunk in hunks) or [*map(identity, mine)] == [*map(identity, theirs)]:
        return Part(mine)
    return Part(mine, theirs)


def _applied(base: Sequence[T], start: int, end: int, hunks: list[_Hunk[T]]) -> tuple[T, ...]:
    """Return the stretch of the common version with one side's hunks in it."""
    items: list[T] = []
    for hunk in hunks:
        items += [*base[start : hunk.start], *hunk.items]
        start = hunk.end
    return (*items, *base[start:end])


def _without_base(mine: Sequence[T], theirs: Sequence[T], identity: Callable[[T], Hashable]) -> tuple[Part[T], ...]:
    """Return what both have in common, and every difference as a conflict."""
    parts: list[Part[T]] = []
    runs = aligned([identity(item) for item in mine], [identity(item) for item in theirs])
    for (start, end, new_start, new_end), run in stretches(runs, len(mine), len(theirs)):
        if start < end or new_start < new_end:
            parts.append(Part(tuple(mine[start:end]), tuple(theirs[new_start:new_end])))
        parts.append(Part(tuple(mine[run.old :][: run.length])))
    return tuple(part for part in parts if part.mine or part.theirs)


def _identity(block: Block) -> Hashable:
    return block.identity


def _in_step(base: Block, mine: Block, theirs: Block) -> Block:
    """Return the block with where its list or table begins merged too: another item may have been put before it."""
    return replace(mine, opens=merge_value(base.opens, mine.opens, theirs.opens).value)


def _named(rows: Sequence[T], known: list[T]) -> list[tuple[int, T]]:
    """Return the rows with a number that equal rows share; rows may be dicts, which have no hash."""
    named: list[tuple[int, T]] = []
    for row in rows:
        if row not in known:
            known.append(row)
        named.append((known.index(row), row))
    return named


def _number(named: tuple[int, object]) -> Hashable:
    return named[0]
