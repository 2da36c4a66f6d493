from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from polls.results import FEWEST_VOTERS_FOR_PERCENTAGES, percentages, results

tallies = st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=10)
answered = tallies.filter(any)


def poll_of(*votes):
    """Return what stands for a poll whose choices have so many votes."""
    choices = [SimpleNamespace(pk=n * 10, label=f"Réponse {n}", vote_count=count) for n, count in enumerate(votes, 1)]
    return SimpleNamespace(choices=SimpleNamespace(all=lambda: choices))


@pytest.mark.parametrize(
    ("votes", "shown"),
    [
        ([181, 131], [58, 42]),
        ([1, 1, 1], [34, 33, 33]),
        ([1, 0], [100, 0]),
        ([0, 0], [0, 0]),
        ([1, 1, 1, 1, 1, 1], [17, 17, 17, 17, 16, 16]),
        ([2, 1], [67, 33]),
        ([], []),
    ],
)
def test_percentages_as_readers_would_expect_them(votes, shown):
    assert percentages(votes) == shown


@given(answered)
def test_percentages_sum_to_a_hundred(votes):
    assert sum(percentages(votes)) == 100


@given(answered)
def test_a_percentage_is_less_than_one_point_from_the_truth(votes):
    total = sum(votes)

    for count, percent in zip(votes, percentages(votes), strict=True):
        assert abs(percent * total - count * 100) < total


@given(answered)
def test_more_votes_never_show_a_smaller_percentage(votes):
    pairs = sorted(zip(votes, percentages(votes), strict=True))

    for (fewer, smaller), (more, larger) in pairwise(pairs):
        assert fewer == more or smaller <= larger


@given(tallies)
def test_a_result_has_a_row_for_every_choice_in_order(votes):
    result = results(poll_of(*votes))

    assert [row.votes for row in result.rows] == votes
    assert [row.index for row in result.rows] == list(range(len(votes)))
    assert result.total == sum(votes)


def test_a_result_tells_exact_shares_beside_the_rounded_ones():
    result = results(poll_of(181, 131))

    assert [row.percent for row in result.rows] == [58, 42]
    assert result.rows[0].share == pytest.approx(0.5801, abs=0.0001)


def test_a_result_without_votes_has_no_shares():
    assert [(row.percent, row.share) for row in results(poll_of(0, 0)).rows] == [(0, 0.0), (0, 0.0)]


def test_fewer_than_thirty_voters_show_counts_only():
    assert not results(poll_of(FEWEST_VOTERS_FOR_PERCENTAGES - 1, 0)).shows_percentages
    assert results(poll_of(FEWEST_VOTERS_FOR_PERCENTAGES, 0)).shows_percentages


def test_the_readers_own_answer_is_marked():
    result = results(poll_of(3, 4), mine=20)

    assert [row.is_mine for row in result.rows] == [False, True]
