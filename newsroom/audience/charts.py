"""The geometry of a small chart of bars, in whole units: a template draws it without a style and without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 120
_GAP = 2


@dataclass(frozen=True)
class Bar:
    """One bar, and what it stands for. A value that is not zero is seen: it has one unit of height at least."""

    moment: date
    views: int
    x: int
    y: int
    width: int
    height: int


def bars(values: Sequence[tuple[date, int]]) -> list[Bar]:
    """Return a bar for each value, side by side over the whole width, the highest over the whole height."""
    highest = max((views for _moment, views in values), default=0)
    step = WIDTH // max(1, len(values))
    drawn = []
    for place, (moment, views) in enumerate(values):
        height = -(-HEIGHT * views // highest) if views else 0
        drawn.append(Bar(moment, views, place * step, HEIGHT - height, step - _GAP, height))
    return drawn
