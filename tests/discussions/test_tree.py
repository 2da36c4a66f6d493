import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.refusals import Refusal
from newsroom.discussions.models import STEP
from newsroom.discussions.tree import ancestors_of, depth_of, root_of, step

numbers = st.integers(min_value=1, max_value=36**STEP - 1)


@pytest.mark.parametrize(("number", "expected"), [(1, "0001"), (35, "000Z"), (36, "0010"), (36**STEP - 1, "ZZZZ")])
def test_a_step_is_four_base_36_digits(number, expected):
    assert step(number) == expected


@given(numbers, numbers)
def test_steps_sort_as_their_numbers_do(one, other):
    assert (step(one) < step(other)) == (one < other)


@given(numbers)
def test_a_step_is_read_back_as_its_number(number):
    assert int(step(number), 36) == number


@pytest.mark.parametrize("number", [0, -1, 36**STEP])
def test_a_number_without_a_step_is_refused(number):
    with pytest.raises(Refusal):
        step(number)


def test_a_path_tells_depth_root_and_ancestors():
    path = "00010002000A"

    assert depth_of(path) == 2
    assert root_of(path) == "0001"
    assert ancestors_of(path) == ["0001", "00010002"]
    assert ancestors_of("0001") == []
