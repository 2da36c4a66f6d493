"""PubMed: the National Library of Medicine's index of journals of medicine, by PMID.

Source: NCBI, "The E-utilities In-Depth", ESummary version 2.0 in JSON. Publication types come from MeSH: "Retracted
Publication" marks a work that was taken back, "Expression of Concern" marks the notice and not the work.
"""

import re
from typing import Any, Final
from urllib.parse import urlencode

from django.conf import settings

from articles.citing.asking import UnknownWorkError, UnreachableError, ask
from articles.citing.reading import doi_in, map_of, maps_of, text_of, year_in
from articles.citing.works import GRAVITY, Notice, NoticeKind, Person, Work, WorkKind

# What a record says of itself, and what it refers to, in lower case.
TYPES: Final = {
    "retracted publication": NoticeKind.RETRACTION,
    "corrected and republished article": NoticeKind.CORRECTION,
}
REFERENCES: Final = {
    "retraction in": NoticeKind.RETRACTION,
    "retracted and republished in": NoticeKind.RETRACTION,
    "expression of concern in": NoticeKind.CONCERN,
    "erratum in": NoticeKind.CORRECTION,
}
# Endings of names, which PubMed puts last: "Smith JA Jr".
RANKS: Final = {"jr", "sr", "2nd", "3rd", "4th"}
PII: Final = re.compile(r"\bpii:\s*([^\s.]+)", re.IGNORECASE)


def look_up(pmid: str) -> Work:
    """Return what PubMed knows of a PMID; raises UnknownWorkError and UnreachableError (see ``asking.ask``)."""
    query = {"db": "pubmed", "id": pmid, "retmode": "json", "tool": "observance", "email": settings.REGISTERS_CONTACT}
    answer = ask(f"{settings.PUBMED_URL}/esummary.fcgi?{urlencode(query)}")
    result = map_of(answer).get("result")
    if not isinstance(result, dict):
        message = "an answer without a result"
        raise UnreachableError(message, is_of_the_register=False)
    summary = map_of(result.get(pmid))
    work = work_of(pmid, summary)
    if "error" in summary or not work.title:
        raise UnknownWorkError
    return work


def work_of(pmid: str, summary: dict[str, Any]) -> Work:
    """Return the work that a summary describes."""
    ids = {text_of(one.get("idtype")): one.get("value") for one in maps_of(summary.get("articleids"))}
    types = _types_of(summary)
    book = text_of(summary.get("booktitle"))
    return Work(
        doi=doi_in(ids.get("doi")),
        pmid=pmid,
        kind=_kind_of(types, is_in_book=bool(book)),
        # Translated titles stand in brackets, and every title ends in a point.
        title=text_of(summary.get("title")).removesuffix("."),
        authors=tuple(_people_of(summary)),
        container_title=text_of(summary.get("fulljournalname")) or book,
        container_short=text_of(summary.get("source")),
        year=year_in(summary.get("pubdate")) or year_in(summary.get("sortpubdate")),
        volume=text_of(summary.get("volume")),
        issue=text_of(summary.get("issue")),
        pages=text_of(summary.get("pages")) or _number_of(summary),
        publisher=text_of(summary.get("publishername")),
        notice=_gravest(types, summary),
    )


def _number_of(summary: dict[str, Any]) -> str:
    """Return the number that stands for pages where there are none: "e092593" of "pii: e092593. doi: 10.…"."""
    found = PII.search(text_of(summary.get("elocationid")))
    return found[1] if found else ""


def _types_of(summary: dict[str, Any]) -> set[str]:
    types = summary.get("pubtype")
    return {text_of(one).lower() for one in types} if isinstance(types, list) else set()


def _kind_of(types: set[str], *, is_in_book: bool) -> WorkKind:
    if "preprint" in types:
        return WorkKind.PREPRINT
    return WorkKind.CHAPTER if is_in_book else WorkKind.ARTICLE


def _people_of(summary: dict[str, Any]) -> list[Person]:
    """Return the authors: "Martin JP" parted into family name and initials, groups by their whole name."""
    found = []
    for one in maps_of(summary.get("authors")):
        name = text_of(one.get("name"))
        words = name.split(" ")
        if text_of(one.get("authtype")) == "CollectiveName" or len(words) == 1:
            found.append(Person(literal=name))
        else:
            cut = -2 if words[-1].lower() in RANKS and len(words) > 2 else -1  # noqa: PLR2004 - family, initials, rank
            found.append(Person(" ".join(words[:cut]), " ".join(words[cut:])))
    return [person for person in found if person.family or person.literal]


def _gravest(types: set[str], summary: dict[str, Any]) -> Notice | None:
    """Return the gravest notice about the work; PubMed tells neither its day nor its DOI."""
    references = [text_of(one.get("reftype")).lower() for one in maps_of(summary.get("references"))]
    kinds = [TYPES[one] for one in types if one in TYPES] + [REFERENCES[one] for one in references if one in REFERENCES]
    gravest = max(kinds, key=lambda kind: GRAVITY[kind], default=None)
    return Notice(gravest) if gravest else None
