"""Lists of references for the programs that keep them: RIS and BibTeX.

Sources: "RIS Format Specifications" (Research Information Systems, Thomson Reuters, 2011), tags and types;
O. Patashnik, "BibTeXing", 1988, entry types and fields. Both in UTF-8, as today's programs read them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from articles.citing.vancouver import pages_of
from articles.citing.works import Person, Work, WorkKind
from newsroom.core.folding import slugged

RIS_TYPES: Final = {
    WorkKind.ARTICLE: "JOUR",
    WorkKind.BOOK: "BOOK",
    WorkKind.CHAPTER: "CHAP",
    WorkKind.REPORT: "RPRT",
    WorkKind.PREPRINT: "UNPB",
    WorkKind.THESIS: "THES",
    WorkKind.OTHER: "GEN",
}
BIBTEX_TYPES: Final = {
    WorkKind.ARTICLE: "article",
    WorkKind.BOOK: "book",
    WorkKind.CHAPTER: "incollection",
    WorkKind.REPORT: "techreport",
    WorkKind.PREPRINT: "unpublished",
    WorkKind.THESIS: "phdthesis",
    WorkKind.OTHER: "misc",
}
# What TeX would take for orders. A backslash first becomes a command of its own, whose braces are then left alone.
_TEX: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    # BibTeX counts braces, escaped or not: these have names without any.
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
_TEX_SIGNS = re.compile(r"[\\~^{}&%$#_]")
_KEY = re.compile(r"[^a-z0-9]+")
LINE_END: Final = "\r\n"


@dataclass(frozen=True)
class Cited:
    """A reference of a list: what a register knows of its work, the editor's own text, and where it can be read.

    Where no register has answered, ``work`` holds the identifiers alone.
    """

    work: Work
    text: str = ""
    url: str = ""


def ris(references: Iterable[Cited]) -> str:
    """Return the references in RIS; lines end in CR LF, each record in "ER  - "."""
    return "".join(f"{_ris_record(reference)}{LINE_END}" for reference in references)


def bibtex(references: Iterable[Cited]) -> str:
    """Return the references in BibTeX; each entry has a key of its own in the file."""
    taken: set[str] = set()
    entries = []
    for number, reference in enumerate(references, start=1):
        key = _key_of(reference, number)
        if key in taken:
            key = f"{key}-{number}"
        taken.add(key)
        entries.append(_bibtex_entry(reference, key))
    return "\n".join(entries)


def _ris_record(reference: Cited) -> str:
    work = reference.work
    first, _dash, last = pages_of(work.pages).partition("-")
    tags = [
        ("TY", RIS_TYPES[work.kind]),
        *(("AU", _inverted(person)) for person in work.authors),
        ("TI", work.title or reference.text),
        ("T2", work.container_title),
        ("J2", work.container_short),
        ("PY", str(work.year or "")),
        ("VL", work.volume),
        ("IS", work.issue),
        ("SP", first),
        ("EP", _whole_page(first, last)),
        ("PB", work.publisher),
        ("DO", work.doi),
        # Accession number: RIS has no tag for PMIDs; reference managers read them here.
        ("AN", f"PMID:{work.pmid}" if work.pmid else ""),
        ("UR", reference.url),
        ("N1", reference.text if work.title else ""),
    ]
    lines = [f"{tag}  - {_on_one_line(value)}" for tag, value in tags if value]
    return LINE_END.join([*lines, "ER  - ", ""])


def _bibtex_entry(reference: Cited, key: str) -> str:
    work = reference.work
    place = "journal" if work.kind == WorkKind.ARTICLE else "booktitle"
    house = {WorkKind.REPORT: "institution", WorkKind.THESIS: "school"}.get(work.kind, "publisher")
    fields = [
        ("author", " and ".join(_braced(person) for person in work.authors)),
        # Doubled braces keep the capitals of names and acronyms, which styles would lower.
        ("title", f"{{{_tex(work.title or reference.text)}}}" if work.title or reference.text else ""),
        (place, _tex(work.container_title or work.container_short)),
        ("year", str(work.year or "")),
        ("volume", _tex(work.volume)),
        ("number", _tex(work.issue)),
        ("pages", _tex(_whole_range(work.pages))),
        (house, _tex(work.publisher)),
        # Identifiers and addresses are printed verbatim by the packages that print them.
        ("doi", _verbatim(work.doi)),
        ("pmid", work.pmid),
        ("url", _verbatim(reference.url)),
        ("note", _tex(reference.text) if work.title else ""),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    return "\n".join([f"@{BIBTEX_TYPES[work.kind]}{{{key},", *lines, "}", ""])


def _inverted(person: Person) -> str:
    """Return "family, given", or a group's whole name."""
    return person.literal or ", ".join(filter(None, [person.family, person.given]))


def _braced(person: Person) -> str:
    """Return an author for BibTeX: a group, or a name with "and" in it, is held together by braces."""
    if person.literal:
        return f"{{{_tex(person.literal)}}}"
    return ", ".join(_tex(part) for part in (person.family, person.given) if part)


def _key_of(reference: Cited, number: int) -> str:
    """Return the entry's key: "dupont2025"; "ref3" where there is neither author nor year."""
    first = reference.work.authors[0] if reference.work.authors else Person()
    name = _KEY.sub("", slugged(first.family or first.literal, longest=30))
    return f"{name}{reference.work.year or ''}" if name else f"ref{number}"


def _whole_page(first: str, last: str) -> str:
    """Return the last page in full: "90" after "1183" means "1190"."""
    return f"{first[: len(first) - len(last)]}{last}" if last.isdigit() and first.isdigit() else last


def _whole_range(pages: str) -> str:
    first, _dash, last = pages_of(pages).partition("-")
    return f"{first}--{_whole_page(first, last)}" if last else first


def _on_one_line(text: str) -> str:
    """Return the text without line ends: a new line is a new tag."""
    return " ".join(text.split())


def _tex(text: str) -> str:
    """Return the text with the signs that TeX takes for orders escaped."""
    return _TEX_SIGNS.sub(lambda found: _TEX[found[0]], _on_one_line(text))


def _verbatim(text: str) -> str:
    """Return an identifier or address for a field that is printed as it is: braces, which must pair, are encoded."""
    return text.replace("{", "%7B").replace("}", "%7D").replace(" ", "%20")
