"""Pictures and tables in the body of an article: what a browser needs to show them well on any screen."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from newsroom.core.markup import Element, Node, elements, is_blank
from newsroom.core.sanitising import SIZES, is_own_address

#: In the order in which a browser is offered them, the lightest first.
MODERN: Final = ("avif", "webp")


class Rendition(NamedTuple):
    """A copy of a picture: its format as Pillow names it in lower case, its width in pixels, its address."""

    format: str
    width: int
    url: str


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """What the library knows of a picture: its size in pixels and its copies."""

    width: int
    height: int
    renditions: tuple[Rendition | tuple[str, int, str], ...] = ()

    def srcset(self, kind: str) -> str:
        """Return the candidates of a format, the smallest first; empty without any."""
        copies = sorted((width, url) for name, width, url in self.renditions if name == kind and is_own_address(url))
        return ", ".join(f"{url} {width}w" for width, url in copies)


def set_pictures(nodes: list[Node], pictures: Mapping[str, PictureFacts]) -> None:
    """Write the pictures of the tree with their sizes and copies, in place; those without an address go.

    ``<picture>`` and ``<source>`` are ours alone to write: those of the source are taken away first. What is left of
    a figure whose picture was refused goes with it.
    """
    nodes[:] = [written for node in nodes for written in _picture_or(node, pictures)]


def set_tables(nodes: list[Node]) -> None:
    """Put each outermost table into a figure that scrolls sideways and say which cells are headings, in place.

    The figure can be reached by keyboard, or nobody could scroll it without a mouse. A table without a word goes.
    """
    nodes[:] = [
        _in_figure(node) if _is(node, "table") else node
        for node in nodes
        if not (_is(node, "table") and is_blank(node))
    ]
    for node in nodes:
        if isinstance(node, str):
            continue
        if node.tag == "figure" and any(_is(child, "table") for child in node.children):
            node.attributes = {"class": "table", "tabindex": "0"}
            for table in elements(node.children):
                _name_headings(table)
        else:
            set_tables(node.children)


def _picture_or(node: Node, pictures: Mapping[str, PictureFacts]) -> Iterator[Node]:
    if isinstance(node, str):
        yield node
    elif node.tag == "img":
        if "src" in node.attributes:
            yield _picture(node, pictures.get(node.attributes["src"]))
    elif node.tag == "picture":
        for child in node.children:
            yield from _picture_or(child, pictures)
    elif node.tag != "source":
        had_picture = _holds(node, "img")
        set_pictures(node.children, pictures)
        if node.tag == "figure" and "embed" not in node.classes:
            if _is_void(node, had_picture=had_picture):
                return
            node.attributes = {"class": "fig"} if _holds(node, "img") else {}
        yield node


def _is_void(figure: Element, *, had_picture: bool) -> bool:
    """Say whether a figure shows nothing any more: its picture was refused, and a caption alone captions nothing."""
    if is_blank(*figure.children):
        return True
    return had_picture and not _holds(figure, "img", "table", "blockquote")


def _picture(img: Element, facts: PictureFacts | None) -> Element:
    known = img.attributes | {"width": str(facts.width), "height": str(facts.height)} if facts else img.attributes
    img.attributes = {"src": known["src"], "alt": known.get("alt", "")}
    img.attributes |= {name: known[name] for name in ("width", "height") if name in known}
    img.attributes["loading"] = "lazy"
    if facts is None:
        return img
    if plain := facts.srcset("jpeg"):
        img.attributes |= {"srcset": plain, "sizes": SIZES}
    sources: list[Node] = [
        Element("source", {"type": f"image/{kind}", "srcset": srcset, "sizes": SIZES})
        for kind in MODERN
        if (srcset := facts.srcset(kind))
    ]
    return Element("picture", children=[*sources, img]) if sources else img


def _in_figure(table: Node) -> Element:
    return Element("figure", {"class": "table", "tabindex": "0"}, [table])


def _name_headings(element: Element) -> None:
    """Give the heading cells of a row their scope: columns in the head of a table, their row at the start of one."""
    if element.tag not in {"thead", "tbody", "table"}:
        return
    scope = "col" if element.tag == "thead" else "row"
    for row in element.children:
        if isinstance(row, Element) and row.tag == "tr":
            for cell in _leading(row.children, everywhere=scope == "col"):
                cell.attributes.setdefault("scope", scope)


def _leading(cells: Iterable[Node], *, everywhere: bool) -> Iterator[Element]:
    for cell in cells:
        if _is(cell, "th"):
            yield cell  # type: ignore[misc] # a text is no cell
        elif isinstance(cell, Element) and not everywhere:
            return


def _is(node: Node, tag: str) -> bool:
    return isinstance(node, Element) and node.tag == tag


def _holds(element: Element, *tags: str) -> bool:
    return any(held.tag in tags for held in elements(element.children))
