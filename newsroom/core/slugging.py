"""Addresses that nobody has yet."""

from collections.abc import Container
from itertools import count


def free_slug(wanted: str, taken: Container[str]) -> str:
    """Return ``wanted``, or ``wanted-2``, ``wanted-3``... : the first that is not among ``taken``."""
    if wanted not in taken:
        return wanted
    return next(slug for slug in (f"{wanted}-{number}" for number in count(2)) if slug not in taken)
