"""The body of an article taken apart once, for every rule to read.

Read in one pass from end to end, without making a tree of it: a text of ten thousand words is read each time a list of
remarks is made, beside a form in which somebody writes.
"""

from dataclasses import dataclass, field
from html import unescape

from newsroom.core.calls import called_by_link, called_in
from newsroom.core.markup import DEEPEST, VOID, attributes_of

_WORDED = frozenset({"p", "li", "h2", "h3", "td", "th", "figcaption", "caption", "blockquote"})
_UNREAD = frozenset({"code", "pre"})
# Marks in a line of text that say nothing here: the words in them are read as if they were not there.
_SILENT = frozenset(
    {"", "strong", "/strong", "em", "/em", "b", "/b", "i", "/i", "u", "/u", "s", "/s", "sub", "/sub", "sup", "/sup"}
)
#: Of an element that is being read: its tag, and how many words, pictures, captions and headings came before it.
_Begun = tuple[str, int, int, int, int]
#: In place of the words before an element that is passed over, as where a text is rendered.
_TOO_DEEP = -1


@dataclass(slots=True)
class Picture:
    """A picture in the body. ``alt`` is None where nobody has said anything of it."""

    address: str
    alt: str | None
    has_caption: bool = False


@dataclass
class Manuscript:
    """A body's source HTML, as the sanitiser writes it, and what stands in it, each in order.

    ``called`` holds the numbers of references that the text calls, ``tables`` whether each has a heading. ``text`` is
    what a reader reads, a line a paragraph or cell, without code.
    """

    html: str
    paragraphs: list[str] = field(default_factory=list)
    headings: list[tuple[str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[bool] = field(default_factory=list)
    called: list[int] = field(default_factory=list)
    has_player: bool = False

    def __post_init__(self) -> None:
        """Read the body."""
        self._words: list[str] = []
        self._begun: list[_Begun] = []
        self._captions = self._table_headings = 0
        self._in_link = self._in_code = 0
        # Code belongs to its paragraph, and no rule reads it: places of its words.
        self._code: set[int] = set()
        self._read()
        self.called = list(dict.fromkeys(self.called))
        read = (word for place, word in enumerate(self._words) if place not in self._code)
        self.text = "".join(read if self._code else self._words)

    @property
    def has_words(self) -> bool:
        """Say whether there is anything to read."""
        return bool(self.text.strip())

    def _read(self) -> None:
        words, called, begun = self._words, self.called, self._begun
        for piece in f">{self.html}".split("<"):
            mark, _end, text = piece.partition(">")
            if mark in _SILENT:
                pass
            elif mark[0] != "/":
                self._begin(mark)
            elif begun and begun[-1][0] == mark[1:]:
                self._end(*begun.pop())
            else:
                self._close(mark[1:])
            if text:
                text = unescape(text) if "&" in text else text
                words.append(text)
                if "[" in text and not self._in_link and not self._in_code:
                    called += called_in(text)
        while begun:
            self._end(*begun.pop())

    def _close(self, tag: str) -> None:
        """End the element and what was left open in it. An end without its beginning is passed over."""
        while any(tag == begun[0] for begun in self._begun):
            self._end(*(ended := self._begun.pop()))
            if ended[0] == tag:
                return

    def _begin(self, mark: str) -> None:
        tag, _space, attributes = mark.partition(" ")
        if tag == "br":
            self._words.append("\n")
        elif len(self._begun) >= DEEPEST:
            self._begun.append((tag, _TOO_DEEP, 0, 0, 0))
            return
        elif tag not in VOID:
            self._begun.append((tag, len(self._words), len(self.pictures), self._captions, self._table_headings))
        if tag in _UNREAD:
            self._in_code += 1
        if not self._in_code:
            self._note(tag, attributes)

    def _note(self, tag: str, attributes: str) -> None:
        """Note what an element says as it begins."""
        if tag == "a":
            self._in_link += 1
            if "#ref-" in attributes:
                number = called_by_link(attributes_of(attributes).get("href", ""))
                self.called += [] if number is None else [number]
        elif tag == "img":
            facts = attributes_of(attributes)
            self.pictures.append(Picture(facts.get("src", ""), facts.get("alt")))
        elif tag == "th":
            self._table_headings += 1
        elif tag == "oembed":
            self.has_player = True

    def _end(self, tag: str, words: int, pictures: int, captions: int, table_headings: int) -> None:
        if words == _TOO_DEEP:
            return
        if tag in _UNREAD:
            self._in_code -= 1
            self._code.update(range(words, len(self._words)))
        elif self._in_code:
            pass
        elif tag == "figure" and self._captions > captions:
            for picture in self.pictures[pictures:]:
                picture.has_caption = True
        elif tag == "table":
            self.tables.append(self._table_headings > table_headings)
        else:
            self._note_words(tag, words)

    def _note_words(self, tag: str, words: int) -> None:
        """Note the words of an element that ends."""
        if tag == "a":
            self._in_link -= 1
            self.links.append(self._since(words))
        elif tag == "p":
            self.paragraphs.append(self._since(words))
        elif tag in {"h2", "h3"}:
            self.headings.append((tag, self._since(words).strip()))
        elif tag == "figcaption":
            self._captions += bool(self._since(words).strip())
        if tag in _WORDED:
            self._words.append("\n")

    def _since(self, place: int) -> str:
        return "".join(self._words[place:])
