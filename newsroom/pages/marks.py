"""Marks of what an installation still has to complete: ``[À compléter : nom de l’hébergeur]``.

Editors see them; readers never do. A passage that holds one (a paragraph, an item of a list, a row of a table) is left
out of what is shown, and so is a heading under which nothing is left.
"""

import re
from typing import Final

from newsroom.core.markup import Element, Node, is_blank, parsed, text_of, written
from newsroom.core.rendering import normalised, render_article
from newsroom.core.sanitising import as_source, is_too_tangled

MARK: Final = re.compile(r"\[\s*[àÀaA]\s+compléter\s*:\s*([^\]\[]{1,200}?)\s*\]", re.IGNORECASE)
PASSAGES: Final = frozenset({"p", "li", "tr", "h2", "h3", "blockquote", "figure", "pre"})
EMPTY_WITHOUT_CONTENT: Final = frozenset({"ul", "ol", "table", "tbody", "thead", "blockquote", "li"})
HEADINGS: Final = {"h2": 2, "h3": 3}


def to_complete(source: str) -> list[str]:
    """Return what the marks in a text ask for, in order."""
    if is_too_tangled(source):
        return []
    return [" ".join(found.split()) for found in MARK.findall(text_of(*parsed(as_source(source))))]


def rendered(source: str) -> str:
    """Return the safe HTML that readers see of a page's source: without the passages that are to be completed."""
    source = normalised(source)
    if is_too_tangled(source) or not to_complete(source):
        return render_article(source)
    return render_article(written(_with_content(_without_marks(parsed(as_source(source))))))


def _without_marks(nodes: list[Node]) -> list[Node]:
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            if not MARK.search(node):
                kept.append(node)
            continue
        if not MARK.search(text_of(node)):
            kept.append(node)
        elif not _is_a_passage(node):
            node.children = _without_marks(node.children)
            if not (node.tag in EMPTY_WITHOUT_CONTENT and is_blank(*node.children)):
                kept.append(node)
    return kept


def _is_a_passage(element: Element) -> bool:
    """Say whether a mark takes the whole element with it: one that holds no smaller passage with the mark."""
    if element.tag not in PASSAGES:
        return False
    inner = (child for child in element.children if isinstance(child, Element) and child.tag not in {"td", "th"})
    return not any(_holds_passage(child) for child in inner)


def _holds_passage(element: Element) -> bool:
    if not MARK.search(text_of(element)):
        return False
    return element.tag in PASSAGES or any(_holds_passage(one) for one in element.children if isinstance(one, Element))


def _with_content(nodes: list[Node]) -> list[Node]:
    """Return the nodes without headings under which nothing stands."""
    kept: list[Node] = []
    # From the end: whether something has been seen since the last heading of that level or above.
    has_content = False
    for node in reversed(nodes):
        level = HEADINGS.get(node.tag, 0) if isinstance(node, Element) else 0
        if level and not has_content:
            continue
        if level:
            # A kept heading of the lower level is content for the one above it, and for nothing else.
            has_content = level == HEADINGS["h3"]
        elif not is_blank(node):
            has_content = True
        kept.append(node)
    return kept[::-1]
