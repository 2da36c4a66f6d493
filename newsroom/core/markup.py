"""HTML as a tree: what rendering, comparing, merging and proofreading work on.

Only for HTML as the sanitiser writes it (``newsroom.core.sanitising``): every tag closed, attributes in double quotes,
``<`` and ``>`` escaped everywhere else. Nothing here makes anything safe; what was changed is sanitised again.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

#: Elements that hold nothing (HTML standard, "void elements"), as far as a profile of ours names them.
VOID = frozenset({"br", "hr", "img", "source", "col"})
#: Deeper elements lose their tags and keep their words, so that every walk over a tree is bounded.
DEEPEST = 150
#: Elements that stand in a line of text.
INLINE = frozenset(
    {"a", "abbr", "b", "br", "cite", "code", "em", "i", "img", "picture", "source", "strong", "sub", "sup"}
    | {"span", "font", "u", "s"}
)

_ESCAPED = re.compile("[&<>\u00a0]")
_ATTRIBUTE = re.compile(r'([^\s="/]+)="([^"]*)"')


@dataclass(slots=True)
class Element:
    """A tag with what it holds. Attributes and texts are stored unescaped."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Node]" = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """Return the names in its ``class`` attribute, in order."""
        return self.attributes.get("class", "").split()


Node = Element | str


def parsed(html: str) -> list[Node]:
    """Return the tree of sanitised HTML. Never fails: an end without its beginning is passed over."""
    text, *tags = html.split("<")
    top: list[Node] = [_unescaped(text)] if text else []
    inside = top
    levels: list[tuple[str, list[Node]]] = [("", top)]
    for piece in tags:
        head, _end, text = piece.partition(">")
        if head[:1] == "/":
            _close(levels, head[1:])
            inside = levels[-1][1]
        elif head:
            tag, _space, attributes = head.partition(" ")
            element = Element(tag, attributes_of(attributes) if attributes else {})
            if len(levels) <= DEEPEST:
                inside.append(element)
            if tag not in VOID:
                inside = element.children if len(levels) <= DEEPEST else inside
                levels.append((tag, inside))
        if text:
            inside.append(_unescaped(text))
    return top


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes that stand in a tag, unescaped, by name."""
    found = _ATTRIBUTE.findall(text)
    return {name: unescape(value) if "&" in value else value for name, value in found}


def written(nodes: list[Node]) -> str:
    """Return the HTML of a tree, escaped as the sanitiser escapes."""
    pieces: list[str] = []
    _write(nodes, pieces)
    return "".join(pieces)


def text_of(*nodes: Node) -> str:
    """Return the words of the nodes, one after the other, without their markup; a line break is a newline."""
    pieces: list[str] = []
    _texts(nodes, pieces)
    return "".join(pieces)


def elements(nodes: list[Node]) -> Iterator[Element]:
    """Yield every element of the tree, each before what it holds."""
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from elements(node.children)


def is_blank(*nodes: Node) -> bool:
    """Say whether nothing of the nodes would be seen: no word, no picture, no rule."""
    return not text_of(*nodes).strip() and not any(
        element.tag in {"img", "hr", "oembed"} for element in elements(list(nodes))
    )


def _close(levels: list[tuple[str, list[Node]]], tag: str) -> None:
    for height in range(len(levels) - 1, 0, -1):
        if levels[height][0] == tag:
            del levels[height:]
            return


def _unescaped(text: str) -> str:
    return unescape(text) if "&" in text else text


def _write(nodes: list[Node], pieces: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            pieces.append(_escaped(node))
            continue
        values = "".join(
            f' {name}="{_escaped(value).replace(chr(34), "&quot;")}"' for name, value in node.attributes.items()
        )
        pieces.append(f"<{node.tag}{values}>")
        if node.tag not in VOID:
            _write(node.children, pieces)
            pieces.append(f"</{node.tag}>")


def _escaped(text: str) -> str:
    if not _ESCAPED.search(text):
        return text
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\u00a0", "&nbsp;")


def _texts(nodes: tuple[Node, ...] | list[Node], pieces: list[str]) -> None:
    for node in nodes:
        if isinstance(node, str):
            pieces.append(node)
        elif node.tag == "br":
            pieces.append("\n")
        else:
            _texts(node.children, pieces)
