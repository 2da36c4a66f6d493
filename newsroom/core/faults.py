"""What went wrong, put into words that a row can hold and that people can read."""

import traceback

from django.db import InterfaceError, OperationalError
from psycopg.errors import LockNotAvailable

from newsroom.core.rendering import normalised

# Signs kept: an error may quote a whole document.
LONGEST_WORDS = 1_000
LONGEST_WAY = 20_000


def described(error: BaseException) -> str:
    """Return the error's own words, a blank line, and the end of the traceback, as a column can hold them.

    The words come first, for whoever looks at a list. What failed may have failed over a NUL: it is dropped.
    """
    words = "".join(traceback.format_exception_only(error)).strip()[:LONGEST_WORDS]
    way = "".join(traceback.format_exception(error)).strip()[-LONGEST_WAY:]
    return normalised(f"{words}\n\n{way}")


def is_database_away(error: BaseException) -> bool:
    """Say whether the database does not answer at all: no connection to be had, or the one at hand is dead.

    PostgreSQL's own errors carry a class (appendix A of its manual): 08 is the connection's, 57 the operator's, who
    shuts it down. What never reached it carries none.
    """
    if isinstance(error, InterfaceError):
        return True
    code = getattr(error.__cause__, "sqlstate", None)
    return isinstance(error, OperationalError) and (code is None or code[:2] in {"08", "57"})


def is_of_a_rival(error: BaseException) -> bool:
    """Say whether the database gave up waiting for a lock (``lock_timeout``): somebody else is at work on the row."""
    return isinstance(error, OperationalError) and isinstance(error.__cause__, LockNotAvailable)
