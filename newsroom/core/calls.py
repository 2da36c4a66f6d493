"""Calls of references: ``[1]``, ``[2,3]``, ``[2-4]`` in a text become links to the list, with an address to return to.

Numbers in brackets are often something else in medicine: an interval (``IC 95 % [1,2-3,4]``), extremes (``[32-58]``),
a year. What is not certainly a call stays as it was typed, and brackets are kept around what is one, so that
``10 [3]`` never reads as a power of ten and the words of a text stay apart in a search.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from newsroom.core.markup import Element, Node
from newsroom.core.typography import NARROW

#: More sources than any article of the house has.
HIGHEST = 200
#: Nobody cites so many sources at once: a wider range is an interval.
WIDEST_RANGE = 20
#: A text calls its references so often at most; what comes after stays text, or one paste could cost a minute.
MOST_LINKS = 3_000

_CALL = re.compile(r"\[(\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*)\]")
_PART = re.compile(r"(\d{1,3})(?:\s*[–-]\s*(\d{1,3}))?")
# Decimals with a French comma, "1,2-3,4": what people who cite write with spaces or as one range.
_DECIMALS = re.compile(r"\d,\d+\s*[–;-]\s*\d+,\d")
# What a bracket after it measures: confidence intervals and quartiles, with or without their level.
_MEASURE = re.compile(
    r"(?:\b(?:IC|CI|EIQ|IQR|II?Q|intervalles?(?: de confiance| interquartile)?|extrêmes|médiane|range)"
    r"(?:\s*(?:à|de)?\s*\d{2}(?:,\d)?\s*%)?)\s*[:=,]?\s*$",
    re.IGNORECASE,
)
_HREF = re.compile(r"#ref-(\d{1,3})")
_WRITTEN = re.compile(r'id="appel-(\d{1,3})"')
#: Where a bracket is never a call.
_LEFT_ALONE = frozenset({"a", "code", "pre"})


class Call(NamedTuple):
    """A call in a text: where it stands, and which references it names, in order."""

    start: int
    end: int
    numbers: tuple[int, ...]


def calls_in(text: str) -> Iterator[Call]:
    """Yield the calls of a plain text, in order."""
    if "[" not in text:
        return
    for match in _CALL.finditer(text):
        numbers = _called_by(match)
        if numbers:
            yield Call(match.start(), match.end(), numbers)


def called_references(html: str) -> frozenset[int]:
    """Return the numbers that a rendered text calls: each has an ``appel-N`` to return to."""
    return frozenset(int(number) for number in _WRITTEN.findall(html))


def called_in(text: str) -> list[int]:
    """Return the numbers that a plain text calls, in order: a piece of text as it stands between two tags."""
    called: list[int] = []
    for match in _CALL.finditer(text):
        called += _called_by(match)
    return called


def called_by_link(address: str) -> int | None:
    """Return the number of the reference to which a link leads; None where it leads elsewhere."""
    match = _HREF.fullmatch(address)
    return int(match[1]) if match else None


def link_calls(nodes: list[Node]) -> None:
    """Make links of the calls in the tree, in place.

    The first call of number N has the id ``appel-N``, the next ``appel-N-2`` and so on. Links to ``#ref-N`` that are
    there already are numbered too, so that an address stands once on a page.
    """
    _link(nodes, {}, in_sup=False)


def _link(nodes: list[Node], seen: dict[int, int], *, in_sup: bool) -> None:
    linked: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            linked += _with_links(node, seen, in_sup=in_sup) if "[" in node else [node]
            continue
        linked.append(node)
        if node.tag == "a":
            _number(node, seen)
        elif node.tag not in _LEFT_ALONE:
            _link(node.children, seen, in_sup=in_sup or node.tag == "sup")
    nodes[:] = linked


def _with_links(text: str, seen: dict[int, int], *, in_sup: bool) -> Iterator[Node]:
    at = 0
    for call in calls_in(text):
        if sum(seen.values()) >= MOST_LINKS:
            break
        before = text[at : call.start]
        # A call does not begin a line.
        yield before[:-1] + NARROW if before.endswith((" ", "\u00a0")) else before
        pieces: list[Node] = ["["]
        for number in call.numbers:
            pieces += [_linked(number, seen), ", "]
        pieces[-1] = "]"
        if in_sup:
            yield from pieces
        else:
            yield Element("sup", children=pieces)
        at = call.end
    yield text[at:]


def _linked(number: int, seen: dict[int, int]) -> Element:
    link = Element("a", {"href": f"#ref-{number}"}, [str(number)])
    _number(link, seen)
    return link


def _number(link: Element, seen: dict[int, int]) -> None:
    """Give a link to a reference its address; take that of any other link away."""
    link.attributes.pop("id", None)
    number = called_by_link(link.attributes.get("href", ""))
    if number is None:
        return
    seen[number] = times = seen.get(number, 0) + 1
    name = f"appel-{number}" if times == 1 else f"appel-{number}-{times}"
    link.attributes = {"id": name, **link.attributes}


def _called_by(match: re.Match[str]) -> tuple[int, ...]:
    """Return the references that a bracket names; none when it measures something."""
    numbers = _numbers(match[1])
    if len(numbers) > 1:
        before = match.string[max(0, match.start() - 40) : match.start()]
        if _DECIMALS.search(match[1]) or _MEASURE.search(before):
            return ()
    return numbers


# A text calls the same few references again and again.
@lru_cache(maxsize=1000)
def _numbers(text: str) -> tuple[int, ...]:
    """Return the references that the inside of a bracket names; none when it is no call."""
    numbers: list[int] = []
    for first, last in _PART.findall(text):
        low, high = int(first), int(last or first)
        if not 1 <= low <= high <= HIGHEST or high - low >= WIDEST_RANGE:
            return ()
        numbers += range(low, high + 1)
    return tuple(dict.fromkeys(numbers))
