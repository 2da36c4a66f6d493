"""The body of an article taken apart once, for every rule to read."""

from dataclasses import dataclass, field
from functools import cached_property

from newsroom.core.calls import calls_of
from newsroom.core.markup import Element, Node, elements, parsed, text_of

_WORDED = frozenset({"p", "li", "h2", "h3", "td", "th", "figcaption", "caption", "blockquote"})
_UNREAD = frozenset({"code", "pre"})


@dataclass(slots=True)
class Picture:
    """A picture in the body. ``alt`` is None where nobody has said anything of it."""

    address: str
    alt: str | None
    has_caption: bool


@dataclass
class Manuscript:
    """A body's source HTML and what stands in it, each in order."""

    html: str
    paragraphs: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Element] = field(default_factory=list)
    has_player: bool = False

    def __post_init__(self) -> None:
        """Read the body."""
        self._nodes = parsed(self.html)
        self._pieces: list[str] = []
        self._read(self._nodes, captioned=False)
        self.text = "".join(self._pieces)

    @cached_property
    def called(self) -> tuple[int, ...]:
        """Return the numbers of the references that it calls, each once."""
        return tuple(dict.fromkeys(calls_of(self._nodes)))

    @property
    def has_words(self) -> bool:
        """Say whether there is anything to read."""
        return bool(self.text.strip())

    def _read(self, nodes: list[Node], *, captioned: bool) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._pieces.append(node)
            elif node.tag == "br":
                self._pieces.append("\n")
            elif node.tag not in _UNREAD:
                self._note(node, captioned=captioned)
                if node.children:
                    is_captioned = captioned or (node.tag == "figure" and _has(node, "figcaption"))
                    self._read(node.children, captioned=is_captioned)
                if node.tag in _WORDED:
                    self._pieces.append("\n")

    def _note(self, element: Element, *, captioned: bool) -> None:
        tag = element.tag
        if tag == "p":
            self.paragraphs.append(text_of(element))
        elif tag == "a":
            self.links.append(text_of(element))
        elif tag in {"h2", "h3"}:
            self.headings.append((tag, text_of(element).strip()))
        elif tag == "img":
            address = element.attributes.get("src", "")
            self.pictures.append(Picture(address, element.attributes.get("alt"), captioned))
        elif tag == "table":
            self.tables.append(element)
        elif tag == "oembed":
            self.has_player = True


def _has(element: Element, tag: str) -> bool:
    return any(text_of(held).strip() for held in elements(element.children) if held.tag == tag)
