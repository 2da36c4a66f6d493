"""Numbers that come in as text: from a query string, from a hidden field.

ASCII digits only, as our own links have them, and no more of them than the largest number has: Python refuses to
read thousands of digits, and a database to compare what its column cannot hold.
"""

# The largest id a row can have (PostgreSQL's bigint).
LARGEST_ID = 2**63 - 1


def id_from(text: str) -> int | None:
    """Return the id that ``text`` spells; None for what no row can have as its id."""
    return number_from(text, largest=LARGEST_ID)


def number_from(text: str, *, largest: int) -> int | None:
    """Return the whole number from 1 to ``largest`` that ``text`` spells; None for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(largest))):
        return None
    number = int(text)
    return number if 1 <= number <= largest else None
