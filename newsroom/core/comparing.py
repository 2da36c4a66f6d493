"""Two versions of a text side by side, word by word.

Blocks are aligned first (paragraphs, headings, items, rows of tables, figures), then the words inside those that
changed. A word is what a French reader takes for one: ``l’`` and ``hôpital`` are two, ``peut-être`` and ``1 200`` are
one; kinds of spaces do not differ. What is emphasised, linked or pictured differently is a change of its own and is
said in words. Data alone: ``components/_diff.html`` writes it out.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.core.aligning import Run, aligned, stretches
from newsroom.core.blocks import Block, blocks_of
from newsroom.core.pairing import paired
from newsroom.core.words import Word, style_in_words, words_of_html, words_of_text

WordsOf = Callable[[str], list[Word]]
Pieces = list["Piece"]

#: Unchanged blocks that are shown on each side of a change; more of them are folded.
CONTEXT = 1
#: Folding fewer than this would hide more than it saves.
LEAST_FOLDED = 3
#: Of the words of a block, the share that must have stayed for its words to be compared one by one.
LEAST_SHARED = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of words: ``kind`` is "same", "added", "removed" or "restyled"; ``note`` says how it is set."""

    text: str
    kind: str = "same"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A block in the two columns: ``kind`` is "same", "changed", "added", "removed", "restyled" or "folded".

    ``old_label`` and ``new_label`` name what the block is ("Heading", "List item"). A restyled row has the same words
    on both sides; where not even their setting differs, ``note`` says what does. Of a folded row ``count`` says how
    many blocks are not shown.
    """

    kind: str
    old: tuple[Piece, ...] = ()
    new: tuple[Piece, ...] = ()
    old_label: str = ""
    new_label: str = ""
    note: str = ""
    count: int = 0

    @property
    def is_relabelled(self) -> bool:
        """Say whether the block became another kind of block, such as a heading a paragraph."""
        return bool(self.old and self.new) and self.old_label != self.new_label


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions of a text: the rows of the table, and how many words came and went."""

    rows: tuple[Row, ...] = ()
    added: int = 0
    removed: int = 0

    @property
    def is_same(self) -> bool:
        """Say whether a reader could not tell the two apart."""
        return all(row.kind in {"same", "folded"} for row in self.rows)


def compare_texts(old: str, new: str) -> Comparison:
    """Return two plain texts side by side, line by line."""
    return _compared(_lines(old), _lines(new), words_of_text)


def compare_html(old: str, new: str) -> Comparison:
    """Return two article bodies (source HTML) side by side, block by block."""
    return _compared(blocks_of(old), blocks_of(new), words_of_html)


def _lines(text: str) -> list[Block]:
    return [Block("", line, line) for line in text.splitlines() if line.strip()]


def _compared(old: list[Block], new: list[Block], words_of: WordsOf) -> Comparison:
    rows = [_row(before, after, words_of) for before, after in paired(old, new)]
    return Comparison(
        rows=tuple(_folded(rows)),
        added=sum(_count(piece) for row in rows for piece in row.new if piece.kind == "added"),
        removed=sum(_count(piece) for row in rows for piece in row.old if piece.kind == "removed"),
    )


def _row(old: Block | None, new: Block | None, words_of: WordsOf) -> Row:
    if new is None:
        return Row("removed", old=_whole(old, "removed", words_of), old_label=_label(old))
    if old is None:
        return Row("added", new=_whole(new, "added", words_of), new_label=_label(new))
    if old.identity == new.identity:
        same = _whole(old, "same", words_of)
        return Row("same", same, same, _label(old), _label(new))
    return _changed(old, new, words_of)


def _changed(old: Block, new: Block, words_of: WordsOf) -> Row:
    before, after = words_of(old.html), words_of(new.html)
    runs = aligned([word.key for word in before], [word.key for word in after])
    if sum(run.length for run in runs) < LEAST_SHARED * max(len(before), len(after)):
        runs = []
    sides = _sides(before, after, runs)
    labels = _label(old), _label(new)
    kinds = {piece.kind for side in sides for piece in side}
    if kinds & {"added", "removed"}:
        return Row("changed", *sides, *labels)
    is_told = "restyled" in kinds or labels[0] != labels[1]
    return Row("restyled", *sides, *labels, note="" if is_told else _("Only spaces or the layout differ."))


def _sides(before: list[Word], after: list[Word], runs: list[Run]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Return the pieces of the older and of the newer block."""
    old: Pieces = []
    new: Pieces = []
    for gap, run in stretches(runs, len(before), len(after)):
        old += _piece(before[gap[0] : gap[1]], "removed")
        new += _piece(after[gap[2] : gap[3]], "added")
        pairs = zip(before[run.old :][: run.length], after[run.new :][: run.length], strict=True)
        for (old_style, new_style), same in groupby(pairs, key=lambda pair: (pair[0].style, pair[1].style)):
            held = list(same)
            kind = "same" if old_style == new_style else "restyled"
            old += _piece([word for word, _after in held], kind)
            new += _piece([word for _before, word in held], kind)
    return tuple(_joined(old)), tuple(_joined(new))


def _piece(words: Sequence[Word], kind: str) -> Pieces:
    if not words:
        return []
    note = style_in_words(words[0].style) if kind == "restyled" else ""
    return [Piece("".join(word.text for word in words), kind, note)]


def _joined(pieces: Pieces) -> Iterator[Piece]:
    """Yield the pieces with neighbours of one kind and setting made one."""
    for (kind, note), run in groupby(pieces, key=lambda piece: (piece.kind, piece.note)):
        yield Piece("".join(piece.text for piece in run), kind, note)


def _whole(block: Block | None, kind: str, words_of: WordsOf) -> tuple[Piece, ...]:
    return tuple(_piece(words_of(block.html), kind)) if block else ()


def _count(piece: Piece) -> int:
    """Return how many words a piece has; punctuation is none."""
    return sum(any(sign.isalnum() for sign in word) for word in piece.text.split())


def _folded(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows with long unchanged stretches folded, but for what stands next to a change."""
    at = 0
    for is_same, run in groupby(rows, key=lambda row: row.kind == "same"):
        held = list(run)
        head = CONTEXT if at else 0
        at += len(held)
        tail = CONTEXT if at < len(rows) else 0
        hidden = len(held) - head - tail
        if not is_same or hidden < LEAST_FOLDED:
            yield from held
            continue
        yield from held[:head]
        yield Row("folded", count=hidden)
        yield from held[len(held) - tail :]


def _label(block: Block | None) -> str:
    """Return what an editor calls the block; lines of a plain text have no name."""
    tag = "blockquote" if block and any(frame.tag == "blockquote" for frame in block.frame) else block and block.tag
    names = {
        "p": pgettext("block", "Paragraph"),
        "h2": pgettext("block", "Heading"),
        "h3": pgettext("block", "Second heading"),
        "li": pgettext("block", "List item"),
        "tr": pgettext("block", "Table row"),
        "figure": pgettext("block", "Figure"),
        "figcaption": pgettext("block", "Caption"),
        "caption": pgettext("block", "Caption"),
        "blockquote": pgettext("block", "Quotation"),
        "pre": pgettext("block", "Code"),
        "hr": pgettext("block", "Rule"),
    }
    return names.get(tag or "", "")
