"""The mark that an article's page carries and sends back when it was read: the id, signed by us.

So a view of an article that there never was is refused without asking the database, and nobody fills the counters
with numbers of his own. The mark is the same for every reader.
"""

from django.core.signing import BadSignature, Signer

LONGEST = 96
"""Bytes; nineteen digits and a signature are 63."""

_SALT = "newsroom.audience"


def mark(article_id: int) -> str:
    """Return the mark of an article."""
    return Signer(salt=_SALT).sign(str(article_id))


def article_in(given: bytes) -> int | None:
    """Return the id that a mark vouches for; None for anything that we did not sign."""
    if len(given) > LONGEST:
        return None
    try:
        return int(Signer(salt=_SALT).unsign(given.decode("ascii")))
    except (BadSignature, UnicodeDecodeError):
        return None
