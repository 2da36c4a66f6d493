"""Taking values out of a register's JSON, whose shape nobody guarantees: what is not of the expected type is absent."""

import html
import re
from datetime import date
from typing import Any

from articles.citing.identifiers import doi_of
from newsroom.core.rendering import normalised

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_YEAR = re.compile(r"\A\s*([12][0-9]{3})")


def text_of(value: Any) -> str:
    """Return a text without markup and on one line; the first of a list, empty for anything else.

    Registers keep italics and subscripts of titles as HTML or MathML, escaped or not.
    """
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ""
    # Unescaped twice: "&amp;lt;i&amp;gt;" is met, and so is a bare "&amp;".
    plain = _TAG.sub("", html.unescape(_TAG.sub("", html.unescape(value))))
    return " ".join(normalised(plain).split())


def doi_in(value: Any) -> str:
    """Return a DOI in lower case; empty for anything else. Its "<" and ">" are no markup."""
    return doi_of(value).lower() if isinstance(value, str) else ""


def map_of(value: Any) -> dict[str, Any]:
    """Return a JSON object; empty for anything else."""
    return value if isinstance(value, dict) else {}


def maps_of(value: Any) -> list[dict[str, Any]]:
    """Return the JSON objects of a list; none for anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def parts_of_date(value: Any) -> list[int]:
    """Return year, month and day as far as ``{"date-parts": [[2025, 3, 14]]}`` has them."""
    parts = map_of(value).get("date-parts")
    first = parts[0] if isinstance(parts, list) and parts else None
    return [part for part in first if isinstance(part, int)][:3] if isinstance(first, list) else []


def day_of(value: Any) -> date | None:
    """Return the day of a date in parts; the first of the month or year where it says no more."""
    year, month, day = (*parts_of_date(value), 1, 1, 1)[:3] if parts_of_date(value) else (0, 0, 0)
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def year_in(text: Any) -> int | None:
    """Return the year that a text such as "2025 Mar 14" begins with."""
    found = _YEAR.match(text) if isinstance(text, str) else None
    return int(found[1]) if found else None
