"""What both ways of writing a feed in XML need."""

from newsroom.core.rendering import printable
from newsroom.frontpage.feeds.entries import Entry

ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
MEDIA = 'xmlns:media="http://search.yahoo.com/mrss/"'


def escaped(text: str) -> str:
    """Return ``text`` as it stands in an element or a quoted attribute, without signs that no XML may hold."""
    return printable(text).translate(ESCAPES)


def element(name: str, text: str) -> str:
    """Return an element with a text; nothing where there is none."""
    return f"<{name}>{escaped(text)}</{name}>" if text else ""


def empty(name: str, **attributes: str) -> str:
    """Return an element without content; attributes without a value are left out."""
    pairs = "".join(f' {key}="{escaped(value)}"' for key, value in attributes.items() if value)
    return f"<{name}{pairs}/>"


def picture(entry: Entry) -> str:
    """Return an item's picture with its words, as Media RSS writes it; nothing without one."""
    if entry.picture is None:
        return ""
    shown = entry.picture
    words = element("media:description", shown.alt) + element("media:credit", shown.credit)
    return f'<media:content url="{escaped(shown.url)}" type="{shown.kind}" medium="image">{words}</media:content>'
