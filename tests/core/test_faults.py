from newsroom.core.faults import LONGEST_WAY, LONGEST_WORDS, described


def fault_of(*words):
    try:
        raise ValueError(*words)  # noqa: TRY301 - an error has its way only once it was raised
    except ValueError as fault:
        return fault


def test_what_went_wrong_comes_first_and_the_way_to_it_after():
    first, blank, *way = described(fault_of("rien à faire")).splitlines()

    assert (first, blank) == ("ValueError: rien à faire", "")
    assert way[0] == "Traceback (most recent call last):"
    assert "fault_of" in way[1]


def test_a_column_can_hold_whatever_an_error_quotes():
    text = described(fault_of("\0\ud800" + "x" * 1_000_000))

    assert "\0" not in text
    assert text.encode()
    assert len(text) <= LONGEST_WORDS + LONGEST_WAY + 2
