"""An article's HTML as a row of blocks: what comparing aligns and merging takes from one side or the other.

A block is what an editor takes for one thing: a paragraph, a heading, an item of a list, a row of a table, a figure.
Where it stands (in which list, table or quotation) is part of it: ``frame`` names the elements around it, so that
blocks can be written back as HTML after others were put between them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from newsroom.core.markup import INLINE, Element, Node, is_blank, parsed, text_of, written
from newsroom.core.sanitising import as_source, is_too_tangled

#: Elements that hold blocks rather than words.
_FRAMES = frozenset({"ul", "ol", "blockquote", "table", "thead", "tbody"})


class Frame(NamedTuple):
    """An element around a block."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One thing of a text: its HTML, its words, and what stands around it.

    ``tag`` is that of the block itself, "" for words in no paragraph. ``opens`` says how many of the elements around
    it begin with it, which tells two lists that follow each other apart from one.
    """

    tag: str
    html: str
    text: str
    frame: tuple[Frame, ...] = ()
    opens: int = 0

    @property
    def identity(self) -> tuple[object, ...]:
        """Return what makes blocks of two versions the same: all that a reader could tell apart."""
        return (self.html, self.frame)


def blocks_of(html: str) -> list[Block]:
    """Return the blocks of an article's source, in order. A text more tangled than anybody writes is one block."""
    if is_too_tangled(html):
        return [Block("pre", html, html)]
    return list(_blocks(parsed(as_source(html)), ()))


def html_of(blocks: Iterable[Block]) -> str:
    """Return the HTML of blocks, with lists and tables around those that stand in them."""
    pieces: list[str] = []
    opened: tuple[Frame, ...] = ()
    for block in blocks:
        shared = _shared(opened, block)
        pieces += [f"</{frame.tag}>" for frame in reversed(opened[shared:])]
        pieces += [_start(frame) for frame in block.frame[shared:]]
        pieces.append(block.html)
        opened = block.frame
    pieces += [f"</{frame.tag}>" for frame in reversed(opened)]
    return "".join(pieces)


def _shared(opened: tuple[Frame, ...], block: Block) -> int:
    """Return how many of the open elements the block stands in too."""
    most = min(len(opened), len(block.frame) - block.opens)
    return next((level for level in range(most) if opened[level] != block.frame[level]), max(0, most))


def _start(frame: Frame) -> str:
    return written([Element(frame.tag, dict(frame.attributes))]).removesuffix(f"</{frame.tag}>")


def _blocks(nodes: list[Node], around: tuple[Frame, ...]) -> Iterator[Block]:
    for is_line, run in groupby(nodes, key=lambda node: isinstance(node, str) or node.tag in INLINE):
        held = list(run)
        if is_line:
            if not is_blank(*held):
                yield Block("", written(held), text_of(*held).strip(), around)
            continue
        for node in held:
            if isinstance(node, Element):
                yield from _blocks_of(node, around)


def _blocks_of(element: Element, around: tuple[Frame, ...]) -> Iterator[Block]:
    if element.tag not in _FRAMES and not _holds_a_table(element):
        yield Block(element.tag, written([element]), _words(element), around)
        return
    frame = Frame(element.tag, tuple(sorted(element.attributes.items())))
    for number, block in enumerate(_blocks(element.children, (*around, frame))):
        yield block if number else replace(block, opens=block.opens + 1)


def _words(element: Element) -> str:
    """Return the words of a block; cells and nested items are set apart."""
    if element.tag == "tr":
        return " | ".join(text_of(cell).strip() for cell in element.children if isinstance(cell, Element))
    if any(isinstance(child, Element) and child.tag not in INLINE for child in element.children):
        return "\n".join(words for child in element.children if (words := _child_words(child)))
    return text_of(element).strip()


def _child_words(node: Node) -> str:
    return node.strip() if isinstance(node, str) else _words(node)


def _holds_a_table(node: Element) -> bool:
    return node.tag == "figure" and any(isinstance(child, Element) and child.tag == "table" for child in node.children)
