import pytest

from newsroom.core.parameters import LARGEST_ID, id_from, number_from


@pytest.mark.parametrize(("text", "number"), [("1", 1), ("042", 42), (str(LARGEST_ID), LARGEST_ID)])
def test_an_id_is_read(text, number):
    assert id_from(text) == number


@pytest.mark.parametrize("text", ["", "0", "-1", "+1", " 1", "1.5", "x", "٣", "²", str(LARGEST_ID + 1), "9" * 5000])
def test_what_no_row_can_have_is_no_id(text):
    assert id_from(text) is None


@pytest.mark.parametrize(("text", "number"), [("10", 10), ("11", None), ("010", None)])
def test_a_number_goes_as_far_as_it_may(text, number):
    assert number_from(text, largest=10) == number
