"""From the light marks of the content files to the HTML an editor would have typed.

A blank line parts blocks. `## ` begins an intertitle, `- ` a list, `> ` a quotation whose last line may begin
with a dash and name who speaks; a block that begins with `<` is HTML already. Inside a block `**words**` are
strong and `[3]` calls the third reference.
"""

import re
from html import escape

from newsroom.core.typography import typo_text

STRONG = re.compile(r"\*\*(.+?)\*\*")
CALL = re.compile(r"\s?\[(\d+)\]")


def to_html(text: str) -> str:
    """Return the blocks of `text` as HTML source, in French typography."""
    return "\n".join(_block(block.strip()) for block in text.strip().split("\n\n") if block.strip())


def _block(block: str) -> str:
    if block.startswith("<"):
        return block
    if block.startswith("## "):
        return f"<h2>{_words(block[3:])}</h2>"
    if block.startswith("- "):
        items = "".join(f"<li>{_words(line[2:])}</li>" for line in block.splitlines())
        return f"<ul>{items}</ul>"
    if block.startswith("> "):
        return _quotation([line[2:] for line in block.splitlines()])
    return f"<p>{_words(block)}</p>"


def _quotation(lines: list[str]) -> str:
    said = [line for line in lines if not line.startswith("— ")]
    who = "".join(f"<p><cite>{_words(line[2:])}</cite></p>" for line in lines if line.startswith("— "))
    words = _words(f"« {' '.join(said)} »")
    return f"<blockquote><p>{words}</p>{who}</blockquote>"


def _words(text: str) -> str:
    """Set plain words, then mark them up."""
    safe = escape(typo_text(text), quote=False)
    return CALL.sub(r'<sup><a href="#ref-\1">\1</a></sup>', STRONG.sub(r"<strong>\1</strong>", safe))
