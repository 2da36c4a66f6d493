"""Aligning two sequences: what stayed, in order. The ground of comparing and merging.

``difflib`` takes minutes over two rewritten books: its time grows with the square of their length. Here what stands
once in both is found first and kept in its longest rising order ("patience diff", Bram Cohen); what lies between such
anchors is short, and aligned by the greedy algorithm of E. W. Myers, "An O(ND) Difference Algorithm and Its
Variations", Algorithmica 1 (1986), which gives up where two stretches have little in common.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from typing import NamedTuple

#: More differences than this between two anchors, and the stretch counts as rewritten.
MOST_DIFFERENCES = 200


class Run(NamedTuple):
    """A stretch that both sequences share: where it starts in each, and how long it is."""

    old: int
    new: int
    length: int


def aligned(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[Run]:
    """Return the runs that both sequences share, rising in both, as long as possible; none touches the next.

    Not always the longest common subsequence, but close, and in time that grows little faster than the length.
    """
    pairs = sorted(_pairs(old, new))
    runs: list[Run] = []
    for at_old, at_new in pairs:
        last = runs[-1] if runs else None
        if last and (last.old + last.length, last.new + last.length) == (at_old, at_new):
            runs[-1] = last._replace(length=last.length + 1)
        else:
            runs.append(Run(at_old, at_new, 1))
    return runs


def stretches(runs: Sequence[Run], old: int, new: int) -> Iterator[tuple[tuple[int, int, int, int], Run]]:
    """Yield what lies between the runs, each with the run that follows it; after the last comes one of length 0.

    A stretch is where it begins and ends in the old sequence and in the new one; ``old`` and ``new`` are their lengths.
    """
    at_old = at_new = 0
    for run in [*runs, Run(old, new, 0)]:
        yield (at_old, run.old, at_new, run.new), run
        at_old, at_new = run.old + run.length, run.new + run.length


def _pairs(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int]]:
    """Yield the places that belong together, stretch by stretch, in no order."""
    stretches = [(0, len(old), 0, len(new))]
    while stretches:
        low, high, new_low, new_high = stretches.pop()
        while low < high and new_low < new_high and old[low] == new[new_low]:
            yield low, new_low
            low, new_low = low + 1, new_low + 1
        while low < high and new_low < new_high and old[high - 1] == new[new_high - 1]:
            high, new_high = high - 1, new_high - 1
            yield high, new_high
        if low == high or new_low == new_high:
            continue
        anchors = _anchors(old[low:high], new[new_low:new_high])
        if not anchors:
            for pair in _shortest(old[low:high], new[new_low:new_high]):
                yield low + pair[0], new_low + pair[1]
            continue
        before = (0, 0)
        for at_old, at_new in anchors:
            yield low + at_old, new_low + at_new
            stretches.append((low + before[0], low + at_old, new_low + before[1], new_low + at_new))
            before = (at_old + 1, at_new + 1)
        stretches.append((low + before[0], high, new_low + before[1], new_high))


def _anchors(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the places of what stands exactly once in both, in their longest rising order."""
    times_old, times_new = Counter(old), Counter(new)
    place_in_new = {key: at for at, key in enumerate(new) if times_new[key] == 1}
    candidates = [(at, place_in_new[key]) for at, key in enumerate(old) if times_old[key] == 1 and key in place_in_new]
    # Longest rising subsequence by patience sorting: the last card of each pile, and what lay under each card.
    piles: list[int] = []
    tops: list[int] = []
    under: list[int] = []
    for number, (_at_old, at_new) in enumerate(candidates):
        pile = bisect_left(piles, at_new)
        under.append(tops[pile - 1] if pile else -1)
        if pile == len(piles):
            piles.append(at_new)
            tops.append(number)
        else:
            piles[pile], tops[pile] = at_new, number
    chain: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        chain.append(candidates[number])
        number = under[number]
    return chain[::-1]


def _shortest(old: Sequence[Hashable], new: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Return the pairs on a shortest edit path (Myers); none when it has more than ``MOST_DIFFERENCES`` steps."""
    furthest = {1: 0}
    trace: list[dict[int, int]] = []
    for step in range(min(MOST_DIFFERENCES, len(old) + len(new)) + 1):
        trace.append(dict(furthest))
        for diagonal in range(-step, step + 1, 2):
            x = furthest[diagonal + 1] if _came_down(furthest, diagonal, step) else furthest[diagonal - 1] + 1
            while x < len(old) and x - diagonal < len(new) and old[x] == new[x - diagonal]:
                x += 1
            furthest[diagonal] = x
            if x >= len(old) and x - diagonal >= len(new):
                return _back(trace, len(old), len(new))
    return []


def _came_down(furthest: dict[int, int], diagonal: int, step: int) -> bool:
    """Say whether the furthest path on the diagonal came by an insertion, from the diagonal above."""
    above, below = furthest.get(diagonal + 1, -1), furthest.get(diagonal - 1, -1)
    return diagonal == -step or (diagonal != step and below < above)


def _back(trace: list[dict[int, int]], x: int, y: int) -> list[tuple[int, int]]:
    """Follow the path back from its end and return the pairs on its diagonals."""
    pairs: list[tuple[int, int]] = []
    for step in range(len(trace) - 1, -1, -1):
        diagonal = x - y
        before = diagonal + 1 if _came_down(trace[step], diagonal, step) else diagonal - 1
        x_before = trace[step][before]
        while x > x_before and y > x_before - before:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = x_before, x_before - before
    return pairs
