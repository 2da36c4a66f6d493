"""Citations in Vancouver style.

Source: K. Patrias, "Citing Medicine: The NLM Style Guide for Authors, Editors, and Publishers", 2nd edition, National
Library of Medicine, chapters 1 (journals), 2 (books) and 4 (reports); ICMJE Recommendations, "Samples of Formatted
References", which name six authors, then "et al.". Titles keep the case that the register gives them.
"""

import re
import unicodedata
from typing import Final

from articles.citing.works import Person, Work, WorkKind

MOST_AUTHORS: Final = 6
# Initials as PubMed writes them: "JA". Given names in capitals are rare, and rarely that short.
_INITIALS = re.compile(r"\A[^\W\d_]{1,3}\Z")
# Endings of a name, which follow the initials ("Citing Medicine", chapter 1, "Family names"): "Smith JA Jr".
RANKS: Final = {
    "jr": "Jr",
    "sr": "Sr",
    "ii": "2nd",
    "iii": "3rd",
    "iv": "4th",
    "2nd": "2nd",
    "3rd": "3rd",
    "4th": "4th",
}
_PARTS_OF_GIVEN = re.compile(r"[\s.]+")
# Typographical signs that an abbreviated range of pages may hold.
_DASHES = re.compile(r"\s*[‐‑‒–—]\s*|(?<=\d)\s*--?\s*(?=\d)")
_LAST_PAGE = re.compile(r"\A(\d+)-(\d+)\Z")
_ENDS_SENTENCE: Final = ".?!"


def citation(work: Work) -> str:
    """Return the work's citation up to its identifiers: authors, title, where and when it appeared; empty untitled.

    "Dupont J, Martin A. Un essai. Rev Inventee. 2025;12(3):45-9."
    """
    if not work.title:
        return ""
    parts = [authors_of(work), _titled(work), _published(work)]
    return " ".join(_sentence(part) for part in parts if part)


def identifiers(work: Work) -> str:
    """Return what follows a citation: "doi: 10.5555/12345678", or the PMID of a work without DOI; empty without."""
    if work.doi:
        return f"doi: {work.doi}"
    return f"PubMed PMID: {work.pmid}" if work.pmid else ""


def authors_of(work: Work) -> str:
    """Return the first six authors, parted by commas, and "et al." for more; empty without any."""
    names = [name for person in work.authors[:MOST_AUTHORS] if (name := name_of(person))]
    if len(work.authors) > MOST_AUTHORS:
        names.append("et al")
    return ", ".join(names)


def name_of(person: Person) -> str:
    """Return a name as citations have it: family name, initials without points, rank ("Martin JP", "Smith JA Jr")."""
    if person.literal or not person.family:
        return person.literal or person.given
    *parts, last = _PARTS_OF_GIVEN.split(person.given.strip(" .")) if person.given else [""]
    rank = RANKS.get(last.lower(), "") if parts else ""
    initials = "".join(_initials(part) for part in (parts if rank else [*parts, last]))
    return " ".join(part for part in (person.family, initials, rank) if part)


def pages_of(pages: str) -> str:
    """Return a range of pages with the repeated figures of its end left out: "1183-1190" gives "1183-90"."""
    plain = _DASHES.sub("-", pages.strip())
    found = _LAST_PAGE.match(plain)
    if found is None or len(found[1]) != len(found[2]) or found[1] >= found[2]:
        return plain
    first, last = found[1], found[2]
    kept = next(place for place, (one, other) in enumerate(zip(first, last, strict=True)) if one != other)
    return f"{first}-{last[kept:]}"


def _titled(work: Work) -> str:
    kinds = {WorkKind.PREPRINT: " [preprint]", WorkKind.THESIS: " [thesis]"}
    return f"{work.title.rstrip('. ')}{kinds.get(work.kind, '')}" if work.kind in kinds else work.title


def _published(work: Work) -> str:
    """Return where and when it appeared, as each kind of work has it."""
    year = str(work.year or "")
    place = work.container_short or work.container_title
    if work.kind == WorkKind.CHAPTER:
        book = f"In: {_sentence(place)}" if place else ""
        pages = f"p. {pages_of(work.pages)}" if work.pages else ""
        return " ".join(filter(None, [book, _sentence(_joined(work.publisher, year)), pages]))
    if work.kind != WorkKind.ARTICLE:
        return _joined(work.publisher or place, year)
    numbers = f"{work.volume}({work.issue})" if work.issue else work.volume
    when = f"{year};{numbers}" if year and numbers else year or numbers
    where = f"{when}:{pages_of(work.pages)}" if work.pages else when
    return " ".join(filter(None, [_sentence(place), where]))


def _joined(publisher: str, year: str) -> str:
    return "; ".join(filter(None, [publisher, year]))


def _sentence(text: str) -> str:
    """End the text with a point unless it ends as a sentence already; empty stays empty."""
    text = text.strip()
    return text if not text or text[-1] in _ENDS_SENTENCE else f"{text}."


def _initials(given: str) -> str:
    """Return the initials of one given name: "Jean-Paul" gives "JP", "JA" stays."""
    letters = [part for part in given.split("-") if part]
    if len(letters) == 1 and given.isupper() and _INITIALS.match(given):
        return given
    return "".join(unicodedata.normalize("NFC", part)[0].upper() for part in letters)
