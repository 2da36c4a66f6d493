"""Checks that every source shares: what makes an item an item."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext

from articles.importing.dates import DateFlaw, read_date
from articles.importing.items import Flaw, SourceComment, SourceItem, SourceReference
from articles.models import Article
from articles.models.references import bare_doi
from newsroom.core.rendering import normalised

# The longest source of one story or one item's raw bytes: beyond, it is not a story.
LONGEST_ITEM = 16 * 1024 * 1024
LONGEST_ADDRESS = 200
# As long as an article's canonical address.
LONGEST_URL = 500
KNOWN_FORMATS = set(Article.Format.values)
is_web_address = URLValidator(schemes=["http", "https"])


def checked(raw: dict[str, Any], *, number: int) -> SourceItem | Flaw:
    """Return the item that ``raw`` describes, or the flaw that keeps it out.

    ``raw`` has SourceItem's names as keys, ``published_at`` as text and ``comments`` as raw comments; values of a
    wrong type are flaws, not crashes. ``number`` counts items from 1, for the label.
    """
    title = _line(raw.get("title"))
    label = gettext("item %(number)d") % {"number": number} + (f" « {title[:60]} »" if title else "")
    if not title:
        return Flaw(label, gettext("it has no title"))
    source_id = _line(raw.get("source_id"))
    if not source_id:
        return Flaw(label, gettext("it has no id"))
    try:
        published_at = read_date(_text(raw.get("published_at")))
        comments = tuple(_comment(comment) for comment in _list(raw.get("comments")))
    except DateFlaw as flaw:
        return Flaw(label, str(flaw))
    audience = _line(raw.get("audience")) or Article.Audience.PUBLIC.value
    if audience not in Article.Audience.values:
        # Not taken rather than shown to people for whom it is not.
        return Flaw(label, gettext("it is for an audience that this site does not know"))
    chosen_format = _line(raw.get("format"))
    return SourceItem(
        source_id=source_id[:255],
        title=title[:200],
        summary=normalised(_text(raw.get("summary")))[:600],
        html=_text(raw.get("html")),
        published_at=published_at,
        authors=_lines(raw.get("authors"), 140),
        tags=_lines(raw.get("tags"), 100),
        kicker=_line(raw.get("kicker"))[:60],
        format=chosen_format if chosen_format in KNOWN_FORMATS else Article.Format.NEWS.value,
        specialties=_lines(raw.get("specialties"), 80),
        references=tuple(_reference(reference) for reference in _list(raw.get("references"))),
        selections=_lines(raw.get("selections"), 100),
        comments=comments,
        comment_count=_count(raw.get("comment_count")),
        url=_address(_line(raw.get("url")), longest=LONGEST_URL),
        audience=audience,
    )


def _comment(raw: dict[str, Any]) -> SourceComment:
    at = read_date(_text(raw.get("at")))
    if at is None:
        raise DateFlaw(gettext("one of its comments has no date"))
    return SourceComment(
        source_id=_line(raw.get("source_id"))[:255],
        author=_line(raw.get("author"))[:140] or gettext("Anonymous reader"),
        text=normalised(_text(raw.get("text"))),
        at=at,
        parent=_line(raw.get("parent")),
    )


def _reference(raw: Any) -> SourceReference:
    if not isinstance(raw, dict):
        return SourceReference(_line(raw)[:500])
    doi = bare_doi(_line(raw.get("doi")))
    return SourceReference(_line(raw.get("text"))[:500], doi[:200], _address(_line(raw.get("url"))))


def _address(url: str, *, longest: int = LONGEST_ADDRESS) -> str:
    """Return a web address as the newsroom's desk would take it; nothing for ``javascript:`` and for half of one."""
    try:
        is_web_address(url)
    except ValidationError:
        return ""
    return url if len(url) <= longest else ""


def _text(value: Any) -> str:
    """Return a text value; numbers are written out, anything else is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return str(value)


def _line(value: Any) -> str:
    return " ".join(normalised(_text(value)).split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _lines(value: Any, longest: int) -> tuple[str, ...]:
    """Return the non-empty lines of a list, each once, in order."""
    return tuple(dict.fromkeys(line[:longest] for item in _list(value) if (line := _line(item))))


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**6 else 0
