"""Places in a thread: a materialised path of fixed-width base-36 steps, one a level.

``0001`` is the first conversation, ``0001000A`` the tenth reply ever written to it. Compared by code point, paths sort
in the order of reading: a comment, then everything below it, then the next. A place is never given twice.
"""

from django.utils.translation import gettext_lazy as _

from newsroom.core.refusals import Refusal
from newsroom.discussions.models import STEP

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Levels of replies. The column has room for twice as many; nobody follows an exchange so far.
DEEPEST = 100


def step(number: int) -> str:
    """Return the step of the ``number``-th child (from 1): ``step(36)`` is ``0010``.

    Raises Refusal past 36 ** STEP - 1 children.
    """
    if not 0 < number < len(DIGITS) ** STEP:
        raise Refusal(_("This discussion takes no more messages."))
    digits = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits.rjust(STEP, "0")


def depth_of(path: str) -> int:
    """Return how many levels below its conversation's first comment a place is: 0 for that comment itself."""
    return len(path) // STEP - 1


def ancestors_of(path: str) -> list[str]:
    """Return the places above ``path``, the conversation's first comment first."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


def root_of(path: str) -> str:
    """Return the place of the comment that began the conversation."""
    return path[:STEP]
