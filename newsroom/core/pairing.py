"""Which block of an older text became which of a newer one: the same, a changed one, or none."""

from collections import Counter
from collections.abc import Iterator, Sequence

from newsroom.core.aligning import aligned, stretches
from newsroom.core.blocks import Block
from newsroom.core.words import LOOKALIKES

#: Of the words of two blocks, the share they must have in common for one to be a version of the other.
LEAST_ALIKE = 0.3
#: In a rewritten stretch, a block is looked for this far from where it would stand.
REACH = 12
#: Beyond so many combinations a stretch counts as rewritten from end to end.
MOST_COMBINATIONS = 2_000_000

Pair = tuple[Block | None, Block | None]


def paired(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Yield the blocks of both versions side by side, in order; None stands where one has no counterpart."""
    by_identity = aligned([block.identity for block in old], [block.identity for block in new])
    for gap, run in stretches(by_identity, len(old), len(new)):
        yield from _changed(old[gap[0] : gap[1]], new[gap[2] : gap[3]])
        yield from zip(old[run.old :][: run.length], new[run.new :][: run.length], strict=True)


def _changed(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    """Yield a stretch where no block stayed the same: by words alone first, then by likeness."""
    by_words = aligned([block.text or block for block in old], [block.text or block for block in new])
    for gap, run in stretches(by_words, len(old), len(new)):
        yield from _alike(old[gap[0] : gap[1]], new[gap[2] : gap[3]])
        yield from zip(old[run.old :][: run.length], new[run.new :][: run.length], strict=True)


def _alike(old: Sequence[Block], new: Sequence[Block]) -> Iterator[Pair]:
    at_old = at_new = 0
    for i, j in [*_best(old, new), (len(old), len(new))]:
        yield from ((block, None) for block in old[at_old:i])
        yield from ((None, block) for block in new[at_new:j])
        if i < len(old):
            yield old[i], new[j]
        at_old, at_new = i + 1, j + 1


def _best(old: Sequence[Block], new: Sequence[Block]) -> list[tuple[int, int]]:
    """Return the pairs, in order, whose likenesses add up to most."""
    if not old or not new or len(old) * len(new) > MOST_COMBINATIONS:
        return []
    bags = [_bag(block) for block in old], [_bag(block) for block in new]
    slope = len(new) / len(old)
    # scores[i][j]: the most that old[i:] and new[j:] can reach together.
    scores = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    likeness: dict[tuple[int, int], float] = {}
    for i in range(len(old) - 1, -1, -1):
        row, below = scores[i], scores[i + 1]
        for j in range(len(new) - 1, -1, -1):
            best = max(below[j], row[j + 1])
            if abs(j - i * slope) <= REACH + slope:
                alike = _likeness(bags[0][i], bags[1][j])
                if alike >= LEAST_ALIKE and below[j + 1] + alike > best:
                    best = below[j + 1] + alike
                    likeness[i, j] = alike
            row[j] = best
    return list(_followed(scores, likeness))


def _followed(scores: list[list[float]], likeness: dict[tuple[int, int], float]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(scores) - 1 and j < len(scores[0]) - 1:
        if (i, j) in likeness:
            yield i, j
            i, j = i + 1, j + 1
        elif scores[i + 1][j] >= scores[i][j + 1]:
            i += 1
        else:
            j += 1


def _bag(block: Block) -> Counter[str]:
    """Return the words of a block, counted; a block without words is known by what it is."""
    return Counter(block.text.translate(LOOKALIKES).split() or [f"<{block.tag}>"])


def _likeness(old: Counter[str], new: Counter[str]) -> float:
    """Return the share of their words that two blocks have in common, from 0 to 1 (Dice's coefficient)."""
    smaller, larger = (old, new) if len(old) <= len(new) else (new, old)
    shared = sum(min(times, larger[word]) for word, times in smaller.items() if word in larger)
    return 2 * shared / (old.total() + new.total())
