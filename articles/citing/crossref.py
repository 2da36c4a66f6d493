"""Crossref: the register of most DOIs of journals and books, and of what journals made known about works since.

Source: Crossref REST API documentation, ``/works/{doi}``. ``updated-by`` of a work names the notices about it, those
that Retraction Watch found included; ``update-to`` points the other way, from a notice to its work.
"""

from typing import Any, Final
from urllib.parse import quote

from django.conf import settings

from articles.citing.asking import UnknownWorkError, UnreachableError, ask
from articles.citing.reading import day_of, doi_in, map_of, maps_of, parts_of_date, text_of
from articles.citing.works import GRAVITY, Notice, NoticeKind, Person, Work, WorkKind

KINDS: Final = {
    "journal-article": WorkKind.ARTICLE,
    "proceedings-article": WorkKind.ARTICLE,
    "book": WorkKind.BOOK,
    "monograph": WorkKind.BOOK,
    "edited-book": WorkKind.BOOK,
    "reference-book": WorkKind.BOOK,
    "book-chapter": WorkKind.CHAPTER,
    "book-section": WorkKind.CHAPTER,
    "reference-entry": WorkKind.CHAPTER,
    "report": WorkKind.REPORT,
    "report-component": WorkKind.REPORT,
    "posted-content": WorkKind.PREPRINT,
    "dissertation": WorkKind.THESIS,
}
# Crossref's types of updates (Crossref documentation, "Crossmark", "Update types"). Addenda, new versions and new
# editions take nothing back.
NOTICES: Final = {
    "retraction": NoticeKind.RETRACTION,
    "partial_retraction": NoticeKind.RETRACTION,
    "withdrawal": NoticeKind.RETRACTION,
    "removal": NoticeKind.RETRACTION,
    "expression_of_concern": NoticeKind.CONCERN,
    "correction": NoticeKind.CORRECTION,
    "corrigendum": NoticeKind.CORRECTION,
    "erratum": NoticeKind.CORRECTION,
    "clarification": NoticeKind.CORRECTION,
}


def look_up(doi: str) -> Work:
    """Return what Crossref knows of a DOI; raises UnknownWorkError and UnreachableError (see ``asking.ask``)."""
    answer = ask(f"{settings.CROSSREF_URL}/works/{quote(doi, safe='')}")
    work = work_of(map_of(map_of(answer).get("message")))
    if not work.doi:
        message = "an answer without a work"
        raise UnreachableError(message, is_of_the_register=False)
    if not work.title:
        # Components and journals have DOIs too; there is nothing to cite.
        raise UnknownWorkError
    return work


def work_of(message: dict[str, Any]) -> Work:
    """Return the work that Crossref's ``message`` describes."""
    return Work(
        doi=doi_in(message.get("DOI")),
        kind=KINDS.get(text_of(message.get("type")), WorkKind.OTHER),
        title=_title_of(message),
        authors=tuple(_people_of(message)),
        container_title=text_of(message.get("container-title")),
        container_short=text_of(message.get("short-container-title")),
        year=_year_of(message),
        volume=text_of(message.get("volume")),
        issue=text_of(message.get("issue")),
        pages=text_of(message.get("page")) or text_of(message.get("article-number")),
        publisher=text_of(message.get("publisher")),
        notice=_gravest(message),
    )


def _title_of(message: dict[str, Any]) -> str:
    """Return title and subtitle, parted as Vancouver style parts them."""
    title, subtitle = text_of(message.get("title")), text_of(message.get("subtitle"))
    return f"{title}: {subtitle}" if title and subtitle and subtitle.lower() not in title.lower() else title


def _people_of(message: dict[str, Any]) -> list[Person]:
    """Return the authors; of a book that has none, the editors."""
    people = maps_of(message.get("author")) or maps_of(message.get("editor"))
    found = []
    for one in people:
        family, given, group = (text_of(one.get(name)) for name in ("family", "given", "name"))
        suffix = text_of(one.get("suffix"))
        given = f"{given} {suffix}".strip()
        if family or given or group:
            found.append(Person(family, given) if family else Person(literal=group or given))
    return found


def _year_of(message: dict[str, Any]) -> int | None:
    """Return the year of the issue, as citations have it, else the earliest that Crossref knows."""
    for name in ("published-print", "published", "issued", "published-online"):
        if parts := parts_of_date(message.get(name)):
            return parts[0] if 0 < parts[0] < 3000 else None  # noqa: PLR2004 - a year, not a slip of the keyboard
    return None


def _gravest(message: dict[str, Any]) -> Notice | None:
    """Return the gravest notice about the work, the latest of several equally grave; None without any."""
    notices = [
        Notice(kind, day_of(one.get("updated")), doi_in(one.get("DOI")))
        for one in maps_of(message.get("updated-by"))
        if (kind := NOTICES.get(text_of(one.get("type")).lower().replace("-", "_").replace(" ", "_")))
    ]
    return max(notices, key=lambda notice: (GRAVITY[notice.kind], str(notice.on or "")), default=None)
