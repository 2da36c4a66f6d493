"""Recognising what editors paste: DOIs, PMIDs, PMCIDs and addresses, in whatever shape they come.

Pure functions over text, which never fail: what is not recognised is the empty string. What was recognised and
normalised is recognised again as itself.
"""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit, urlunsplit

from newsroom.core.rendering import normalised

# Directory indicator 10, registrant code, a slash, a suffix without spaces (DOI Handbook, section 2.2).
DOI: Final = r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+"
WHOLE_DOI: Final = rf"\A{DOI}\Z"
LONGEST_DOI: Final = 200
LONGEST_ADDRESS: Final = 500
# What is longer is a text, whatever it begins with.
LONGEST_PASTED: Final = 2_000

# What people put before a DOI: the resolver's address, or the word, or both.
_BEFORE_DOI = re.compile(
    r"\A(?:(?:(?:https?:)?//)?(?:www\.|dx\.)?doi\.org/\s*|(?:info:|urn:)?doi\s*[:=/]?\s*)+(?=10\.)", re.IGNORECASE
)
# Pages of publishers that hold the DOI in their path: /doi/full/10…, /article/10…, /articles/10…/full, /content/10…
_DOI_IN_PATH = re.compile(
    r"/(?:doi|articles?|fullarticle|chapter|book|content)/(?:[a-z]+/)?(10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+)", re.IGNORECASE
)
# What such addresses add to it; the "v2" of preprint servers is no part of their DOIs.
_AFTER_DOI = re.compile(
    r"(?:/(?:full|fulltext|full-text|abstract|pdf|epdf|meta|html|summary)|\.(?:pdf|full|short|abstract)"
    r"|(?<=\.[0-9]{8})v[0-9]+)+\Z",
    re.IGNORECASE,
)
_PMID = re.compile(r"\A(?:pmid|pubmed(?: id)?)\s*[:=]?\s*0*([1-9][0-9]{0,7})\Z", re.IGNORECASE)
_PMID_PAGE = re.compile(
    r"\A(?:https?://)?(?:www\.|m\.)?"
    r"(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?|europepmc\.org/(?:abstract|article)/med/)"
    r"0*([1-9][0-9]{0,7})(?:(?:%5b|\[)(?:pmid|uid)(?:%5d|\]))?(?:[/?#]\S*)?\Z",
    re.IGNORECASE,
)
_PMCID = re.compile(r"\A(?:pmcid\s*[:=]?\s*)?PMC([0-9]{1,9})(?:\.[0-9]+)?\Z", re.IGNORECASE)
_PMCID_PAGE = re.compile(
    r"\A(?:https?://)?(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/(?:labs/)?pmc|europepmc\.org)"
    r"/articles?/(?:pmc/)?PMC([0-9]{1,9})(?:[/?#.]\S*)?\Z",
    re.IGNORECASE,
)
# Numbers of the French official journal and of the articles of the codes, with the page that shows them.
_LEGIFRANCE = re.compile(r"\A(JORFTEXT|LEGIARTI)([0-9]{12})\Z", re.IGNORECASE)
_LEGIFRANCE_PAGES: Final = {"JORFTEXT": "jorf/id", "LEGIARTI": "codes/article_lc"}
# Numbers of pages of the Haute Autorité de santé: "p_3356034", "c_2807145".
_HAS = re.compile(r"\A(?:HAS\s*:?\s*)?(?:jcms/)?([cp]_[0-9]{4,9})\Z", re.IGNORECASE)
_WEB = re.compile(r"\A(?:https?://|www\.)[^\s/?#]+\.[^\s/?#]+(?:[/?#]\S*)?\Z", re.IGNORECASE)
# Parameters that say where a reader came from, not what he reads.
_TRACKING = re.compile(r"\A(?:utm_\w+|fbclid|gclid|mc_[ce]id|at_campaign|at_medium|xtor)(?:=|\Z)", re.IGNORECASE)

# What quotation marks and sentences leave around a pasted identifier.
_AROUND: Final = " \t\n\u00a0\u202f\u200b\u2060\ufeff\"'«»“”‘’"
_BEHIND: Final = f"{_AROUND}.,;:!?…"
_BRACKETS: Final = {")": "(", "]": "[", "}": "{", ">": "<"}

# Identifiers as they stand at the end of citations.
_DOI_IN_TEXT = re.compile(
    rf"(?:\bdoi\s*[:=]?\s*(?:https?://(?:dx\.)?doi\.org/)?|https?://(?:dx\.)?doi\.org/)({DOI})", re.IGNORECASE
)
_PMID_IN_TEXT = re.compile(r"\bpmid\s*[:=]?\s*0*([1-9][0-9]{0,7})\b", re.IGNORECASE)
_PMCID_IN_TEXT = re.compile(r"\bpmcid\s*[:=]?\s*PMC[0-9]{1,9}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Identified:
    """What was recognised; empty where there was none of that kind."""

    doi: str = ""
    pmid: str = ""
    url: str = ""

    def __bool__(self) -> bool:
        """Say whether anything was recognised."""
        return bool(self.doi or self.pmid or self.url)


def identified(pasted: str) -> Identified:
    """Return what ``pasted`` is as a whole: a DOI, a PMID or an address, never two of them; nothing for other text.

    A number of PubMed Central, of Légifrance or of the Haute Autorité de santé becomes its address. A bare number is
    nothing: it may be a year as well as a PMID.
    """
    if doi := doi_of(pasted):
        return Identified(doi=doi)
    if pmid := pmid_of(pasted):
        return Identified(pmid=pmid)
    return Identified(url=address_of(pasted))


def doi_of(pasted: str) -> str:
    """Return the DOI that ``pasted`` is or leads to as a whole, cased as it was; empty for anything else."""
    text = _bare(pasted)
    found = _BEFORE_DOI.sub("", text)
    if found != text:
        found = unquote(re.split(r"[?#]", found, maxsplit=1)[0] if "doi.org" in text.lower() else found)
    elif _WEB.match(text):
        found = _doi_of_page(text)
    doi = _bare(found)
    return doi if re.match(WHOLE_DOI, doi) and len(doi) <= LONGEST_DOI else ""


def pmid_of(pasted: str) -> str:
    """Return the PMID that ``pasted`` names or leads to as a whole; empty for anything else."""
    text = _bare(pasted)
    found = _PMID.match(text) or _PMID_PAGE.match(text)
    return found[1] if found else ""


def address_of(pasted: str) -> str:
    """Return the address that ``pasted`` is or stands for as a whole, without tracking; empty for anything else."""
    text = _bare(pasted)
    if found := _PMCID.match(text) or _PMCID_PAGE.match(text):
        return f"https://pmc.ncbi.nlm.nih.gov/articles/PMC{found[1]}/"
    if found := _LEGIFRANCE.match(text):
        return f"https://www.legifrance.gouv.fr/{_LEGIFRANCE_PAGES[found[1].upper()]}/{found[0].upper()}"
    if found := _HAS.match(text):
        return f"https://www.has-sante.fr/jcms/{found[1].lower()}"
    return _clean_address(text) if _WEB.match(text) else ""


def told_in(citation: str) -> tuple[str, Identified]:
    """Return a citation without the identifiers at its end, and these.

    "… 2020;382:10-9. doi: 10.5555/12345678. PMID: 12345678; PMCID: PMC1234567." is how PubMed hands citations out. Of
    each kind the last counts; the number of PubMed Central is dropped beside others, it leads to the same work. What
    stands in mid-sentence is left there: the text would not read without it.
    """
    rest, doi, pmid = citation, "", ""
    if len(citation) > LONGEST_PASTED:
        return citation, Identified()
    while (last := _last_identifier(rest)) is not None:
        if last.re is _DOI_IN_TEXT:
            doi = doi or doi_of(last[1])
        elif last.re is _PMID_IN_TEXT:
            pmid = pmid or last[1]
        rest = rest[: last.start()].rstrip(f"{_AROUND};,([")
    return (rest, Identified(doi=doi, pmid=pmid)) if doi or pmid else (citation, Identified())


def _last_identifier(text: str) -> re.Match[str] | None:
    """Return the identifier that ends the text, punctuation aside; None where anything else does."""
    found = [match for kind in (_DOI_IN_TEXT, _PMID_IN_TEXT, _PMCID_IN_TEXT) for match in kind.finditer(text)]
    last = max(found, key=lambda match: match.end(), default=None)
    return last if last is not None and not text[last.end() :].strip(f"{_BEHIND})]") else None


def _bare(pasted: str) -> str:
    """Return ``pasted`` without quotation marks, brackets and punctuation around it; empty for a whole text."""
    if len(pasted) > LONGEST_PASTED:
        return ""
    text = normalised(pasted).replace("\u00a0", " ").replace("\u202f", " ")
    while True:
        before = text
        text = text.lstrip(f"{_AROUND}([{{<").rstrip(_BEHIND)
        opening = _BRACKETS.get(text[-1:])
        if opening and text.count(text[-1]) > text.count(opening):
            text = text[:-1]
        if text == before:
            return text


def _doi_of_page(address: str) -> str:
    """Return the DOI that the address of a publisher's page holds, in its path or as ``?id=``; empty without."""
    parts = _parts_of(address)
    if parts is None:
        return ""
    asked = parse_qs(parts.query)
    told = next((value for name in ("id", "doi") for value in asked.get(name, [])), "")
    if re.match(WHOLE_DOI, told):
        return told
    found = _DOI_IN_PATH.search(unquote(parts.path))
    return _AFTER_DOI.sub("", found[1]) if found else ""


def _clean_address(address: str) -> str:
    """Return the address with its scheme and without tracking; empty for one that cannot be read or is too long."""
    parts = _parts_of(address)
    if parts is None:
        return ""
    query = "&".join(one for one in parts.query.split("&") if not _TRACKING.match(one))
    fragment = "" if parts.fragment.startswith(":~:") else parts.fragment
    clean = _bare(urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path, query, fragment)))
    return clean if len(clean) <= LONGEST_ADDRESS else ""


def _parts_of(address: str) -> SplitResult | None:
    """Return the parts of an address, which may lack its scheme; None for one that cannot be read."""
    try:
        return urlsplit(address if "://" in address[:8] else f"https://{address}")
    except ValueError:
        return None
