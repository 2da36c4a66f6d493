"""The order of slots: what pinned ones hold, what flows around them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ordering import Slot, added, index_of, moved, removed, retyped, settled, stepped
from newsroom.core.refusals import Refusal


def listed(*articles, pinned=()):
    """Return a settled list of the articles' keys; ``pinned`` maps keys to positions."""
    pins = dict(pinned)
    slots = [
        Slot(article=key, is_pinned=key in pins, position=pins.get(key, 0), row=row) for row, key in enumerate(articles)
    ]
    return settled(slots)


def at(slots):
    """Return which key stands where."""
    return {slot.position: slot.article for slot in slots}


lists = (
    st.integers(0, 14)
    .flatmap(lambda size: st.tuples(st.just(size), st.permutations(range(1, 15)), st.integers(0, size)))
    .map(lambda drawn: listed(*range(drawn[0]), pinned=dict(zip(range(drawn[2]), drawn[1], strict=False))))
)


def test_slots_are_numbered_around_what_is_pinned():
    assert at(listed(1, 2, 3, pinned={3: 2})) == {1: 1, 2: 3, 3: 2}


def test_a_pinned_slot_waits_at_its_number_until_the_list_reaches_it():
    slots = listed(1, 2, pinned={2: 5})

    assert at(slots) == {1: 1, 5: 2}
    assert at(added(slots, Slot(article=3))) == {1: 1, 2: 3, 5: 2}


def test_a_slot_is_moved_up_down_and_to_a_number():
    slots = listed(1, 2, 3, 4)

    assert at(stepped(slots, 2, -1)) == {1: 1, 2: 3, 3: 2, 4: 4}
    assert at(stepped(slots, 0, 1)) == {1: 2, 2: 1, 3: 3, 4: 4}
    assert at(moved(slots, 3, 1)) == {1: 4, 2: 1, 3: 2, 4: 3}
    assert at(moved(slots, 0, 14)) == {1: 2, 2: 3, 3: 4, 4: 1}


@pytest.mark.parametrize(("index", "by"), [(0, -1), (3, 1)])
def test_the_ends_of_the_list_stay_ends(index, by):
    slots = listed(1, 2, 3, 4)

    assert at(stepped(slots, index, by)) == at(slots)


def test_a_step_goes_over_a_pinned_slot_and_a_pinned_slot_steps_itself():
    slots = listed(1, 2, 3, pinned={2: 2})

    assert at(stepped(slots, 0, 1)) == {1: 3, 2: 2, 3: 1}
    assert at(stepped(slots, 1, 1)) == {1: 1, 2: 3, 3: 2}


def test_a_pinned_slot_at_either_end_of_the_numbers_goes_no_further():
    slots = listed(1, 2, pinned={1: 1, 2: 14})

    assert at(stepped(slots, 0, -1)) == {1: 1, 14: 2}
    assert at(stepped(slots, 1, 1)) == {1: 1, 14: 2}


def test_typed_numbers_move_their_slots_and_the_others_close_up():
    slots = listed(1, 2, 3, 4)

    assert at(retyped(slots, [1, 2, 1, 4])) == {1: 3, 2: 1, 3: 2, 4: 4}
    assert at(retyped(slots, [4, 3, 3, 4])) == {1: 3, 2: 4, 3: 2, 4: 1}


def test_a_number_typed_into_a_pinned_slot_pins_it_there():
    assert at(retyped(listed(1, 2, 3, pinned={1: 1}), [3, 2, 3])) == {1: 2, 2: 3, 3: 1}


def test_two_slots_cannot_be_pinned_at_one_number():
    with pytest.raises(Refusal, match="épinglés"):
        listed(1, 2, pinned={1: 3, 2: 3})


@pytest.mark.parametrize("position", [0, 15])
def test_a_pinned_number_is_one_that_exists(position):
    with pytest.raises(Refusal, match="1 à 14"):
        listed(1, pinned={1: position})


def test_a_fifteenth_slot_is_refused():
    with pytest.raises(Refusal, match="14 articles"):
        added(listed(*range(14)), Slot(rule="commented"))


@pytest.mark.parametrize(
    ("position", "expected"),
    [(1, {1: 9, 2: 1, 3: 2}), (2, {1: 1, 2: 9, 3: 2}), (3, {1: 1, 2: 2, 3: 9}), (99, {1: 1, 2: 2, 3: 9})],
)
def test_an_article_is_added_where_it_is_dropped(position, expected):
    assert at(added(listed(1, 2), Slot(article=9), position)) == expected


def test_an_article_dropped_on_a_pinned_slot_comes_in_beside_it():
    slots = settled([Slot(article=1), Slot(article=2, position=2, is_pinned=True)])

    assert at(added(slots, Slot(article=9), 2)) == {1: 1, 2: 2, 3: 9}


def test_an_article_is_added_once():
    with pytest.raises(Refusal, match="déjà"):
        added(listed(1, 2), Slot(article=2))


def test_a_row_that_is_not_there_is_refused():
    assert index_of(listed(1, 2), 1) == 1
    with pytest.raises(Refusal, match="n’existe pas"):
        index_of(listed(1, 2), 7)


def test_what_is_taken_out_leaves_no_gap():
    assert at(removed(listed(1, 2, 3, pinned={3: 3}), 0)) == {1: 2, 3: 3}


@given(lists, st.integers(0, 13), st.integers(-3, 20))
def test_whatever_is_moved_nothing_is_lost_and_what_is_pinned_stays(slots, index, position):
    if index >= len(slots):
        return
    try:
        result = moved(slots, index, position)
    except Refusal:
        # Only a pinned slot can want a place that another pinned one holds.
        assert slots[index].is_pinned
        return

    assert sorted(slot.article for slot in result) == sorted(slot.article for slot in slots)
    assert len({slot.position for slot in result}) == len(slots)
    assert all(1 <= slot.position <= 14 for slot in result)
    still = {slot.article: slot.position for slot in slots if slot.is_pinned and slot is not slots[index]}
    assert {slot.article: slot.position for slot in result if slot.article in still} == still


@given(lists, st.lists(st.integers(1, 14), min_size=14, max_size=14))
def test_whatever_is_typed_nothing_is_lost(slots, typed):
    try:
        result = retyped(slots, typed[: len(slots)])
    except Refusal:
        assert any(slot.is_pinned for slot in slots)
        return

    assert sorted(slot.article for slot in result) == sorted(slot.article for slot in slots)
    assert len({slot.position for slot in result}) == len(slots)
