"""The text of a comment as it is kept, and what may be wrong with it. The form and the verb ask the same questions."""

import unicodedata

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from newsroom.core.rendering import normalised
from newsroom.discussions.models import LONGEST

# Letters, numbers, punctuation and symbols (emoji too): the Unicode categories of which something can be seen.
SEEN = "LNPS"


def tidied(text: str) -> str:
    """Return ``text`` as it is kept: normalised, no space at line ends, never more than one blank line in a row.

    A line of nothing but spaces and invisible signs is blank. Idempotent.
    """
    lines: list[str] = []
    for line in normalised(text).split("\n"):
        kept = line.rstrip() if _is_seen(line) else ""
        if kept or (lines and lines[-1]):
            lines.append(kept)
    return normalised("\n".join(lines))


def fault_of(text: str) -> str | Promise | None:
    """Return the sentence that says what is wrong with tidied ``text``, or None when it can be sent."""
    if not text:
        return _("Write your message before you send it.")
    excess = len(text) - LONGEST
    if excess > 0:
        return ngettext_lazy(
            "Shorten your message by %(excess)d sign: it may have 10,000 at most.",
            "Shorten your message by %(excess)d signs: it may have 10,000 at most.",
            excess,
        ) % {"excess": excess}
    return None


def _is_seen(line: str) -> bool:
    return any(unicodedata.category(sign)[0] in SEEN for sign in line)
