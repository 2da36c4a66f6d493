"""From tallies to what readers see: arithmetic, no writes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

# Design, section 5, "Poll": a percentage of fewer voters would say more than it knows.
FEWEST_VOTERS_FOR_PERCENTAGES = 30


class Question(Protocol):
    """A ``polls.models.Poll``, as far as its result goes: choices with a label and a number of votes."""

    choices: Any


@dataclass(frozen=True)
class Row:
    """One answer of a result."""

    choice: int
    """The answer's id."""
    label: str
    index: int
    """Its place, from 0."""
    votes: int
    percent: int
    """A whole percentage; those of one result sum to 100, or are all 0 without votes."""
    share: float
    """The exact share, from 0 to 1."""
    is_mine: bool = False
    """Whether the reader who is looking gave this answer."""


@dataclass(frozen=True)
class Results:
    """The result of one poll, answers in the editors' order."""

    rows: list[Row]
    total: int
    """Voters."""
    shows_percentages: bool
    """False when there are too few voters: show the counts."""


def results(poll: Question, *, mine: int | None = None) -> Results:
    """Return the result of ``poll``, with the choice of id ``mine`` marked as the reader's own.

    One query for the choices, unless they were fetched with the poll.
    """
    choices = list(poll.choices.all())
    votes = [choice.vote_count for choice in choices]
    total = sum(votes)
    rows = [
        Row(choice.pk, choice.label, index, count, percent, count / total if total else 0.0, choice.pk == mine)
        for index, (choice, count, percent) in enumerate(zip(choices, votes, percentages(votes), strict=True))
    ]
    return Results(rows, total, shows_percentages=total >= FEWEST_VOTERS_FOR_PERCENTAGES)


def percentages(votes: Sequence[int]) -> list[int]:
    """Return whole percentages of ``votes`` that sum to 100, by the method of largest remainders.

    Every share is rounded down; the points left over go to the largest remainders, the first of equals first
    (Hamilton's apportionment). Integers only, so that no rounding error decides. All 0 without votes.
    """
    total = sum(votes)
    if not total:
        return [0] * len(votes)
    shares = [divmod(count * 100, total) for count in votes]
    left_over = 100 - sum(whole for whole, _remainder in shares)
    by_remainder = sorted(range(len(votes)), key=lambda index: -shares[index][1])
    rounded_up = set(by_remainder[:left_over])
    return [whole + (index in rounded_up) for index, (whole, _remainder) in enumerate(shares)]
