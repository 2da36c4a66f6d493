import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.aligning import MOST_DIFFERENCES, Run, _shortest, aligned, stretches

SHORT = st.lists(st.sampled_from("abcd"), max_size=12)


def longest_common(old, new):
    """The textbook table: slow, and right."""
    row = [0] * (len(new) + 1)
    for item in old:
        before = row[:]
        for at, other in enumerate(new, start=1):
            row[at] = before[at - 1] + 1 if item == other else max(row[at - 1], before[at])
    return row[-1]


@given(SHORT, SHORT)
def test_runs_are_shared_rise_and_do_not_touch(old, new):
    runs = aligned(old, new)

    before = None
    for run in runs:
        assert run.length > 0
        assert old[run.old : run.old + run.length] == new[run.new : run.new + run.length]
        if before:
            ends = before.old + before.length, before.new + before.length
            assert run.old >= ends[0]
            assert run.new >= ends[1]
            assert (run.old, run.new) != ends
        before = run


@given(SHORT, SHORT)
def test_between_anchors_the_alignment_is_the_longest(old, new):
    pairs = _shortest(old, new)

    assert all(old[at_old] == new[at_new] for at_old, at_new in pairs)
    assert len(pairs) == longest_common(old, new)


@given(SHORT)
def test_a_sequence_is_wholly_aligned_with_itself(items):
    assert aligned(items, items) == ([Run(0, 0, len(items))] if items else [])


@given(SHORT, SHORT)
def test_runs_and_stretches_make_up_both_sequences(old, new):
    rebuilt_old, rebuilt_new = [], []
    for (start, end, new_start, new_end), run in stretches(aligned(old, new), len(old), len(new)):
        rebuilt_old += [*old[start:end], *old[run.old : run.old + run.length]]
        rebuilt_new += [*new[new_start:new_end], *new[run.new : run.new + run.length]]

    assert (rebuilt_old, rebuilt_new) == (old, new)


def test_what_moved_is_anchored_by_the_longest_rising_order():
    assert aligned("abcde", "cabde") == [Run(0, 1, 2), Run(3, 3, 2)]


def test_stretches_without_anything_in_common_are_given_up():
    old, new = ["a", "b"] * MOST_DIFFERENCES, ["c", "d"] * MOST_DIFFERENCES

    assert aligned(["x", *old], ["x", *new]) == [Run(0, 0, 1)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([str(at % 5000) for at in range(50_000)], [str(at * 7 % 5000) for at in range(50_000)]),
        (["a"] * 50_000, ["a", "b"] * 25_000),
        ([str(at) for at in range(50_000)], [str(-at) for at in range(50_000)]),
        ([str(at) for at in range(50_000)], [str(at) for at in reversed(range(50_000))]),
    ],
)
def test_fifty_thousand_items_take_a_moment(old, new):
    began = time.process_time()

    aligned(old, new)

    assert time.process_time() - began < 30
