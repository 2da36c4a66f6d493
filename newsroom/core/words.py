"""The words of a text as a French reader counts them, each with how it is set: what a comparison is made of."""

import re
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from newsroom.core.markup import INLINE, Element, Node, parsed

# A number with its thousands and decimals; a word with its hyphens and the apostrophe of an elision; any other sign.
_WORD = re.compile(r"(?P<word>\d+(?:[\u00a0\u202f.,]\d+)*|\w+(?:[-\u2010\u2011]\w+)*['’]?|[^\w\s])(?P<space>\s*)")
_STYLES = {"b": "strong", "i": "em"}
_SHOWN = frozenset({"strong", "em", "sub", "sup", "code", "cite"})
#: Signs that look alike to a reader, each as the one it is taken for.
LOOKALIKES = str.maketrans("'\u2010\u2011\u00a0", "’--\u202f")


class Word(NamedTuple):
    """A word with the space after it; two words are the same when their ``key`` is, set alike when ``style`` is too."""

    text: str
    key: str
    style: tuple[str, ...] = ()


def words_of_text(text: str, style: tuple[str, ...] = ()) -> list[Word]:
    """Return the words of a plain text. Kinds of spaces, apostrophes and hyphens make no difference."""
    return [Word(match[0], match["word"].translate(LOOKALIKES), style) for match in _WORD.finditer(text)]


def words_of_html(html: str) -> list[Word]:
    """Return the words of a block's HTML; a picture or an embed counts as one."""
    words: list[Word] = []
    _gather(parsed(html), (), words)
    while words and words[-1].key in {"\n", "|"}:
        words.pop()
    return words


def style_in_words(style: tuple[str, ...]) -> str:
    """Return how words are set, as a sentence's part: "bold, link to https://…"; "plain" without anything."""
    names = {
        "strong": pgettext("words", "bold"),
        "em": pgettext("words", "italic"),
        "sub": pgettext("words", "subscript"),
        "sup": pgettext("words", "superscript"),
        "code": pgettext("words", "code"),
        "cite": pgettext("words", "source of a quotation"),
    }
    parts = [names.get(name) or _attribute_in_words(name) for name in style]
    return ", ".join(parts) or pgettext("words", "plain")


def _attribute_in_words(name: str) -> str:
    kind, _separator, value = name.partition(":")
    if kind == "a":
        return _("link to %(address)s") % {"address": value}
    return _("alternative text “%(text)s”") % {"text": value} if value else _("no alternative text")


def _gather(nodes: list[Node], style: tuple[str, ...], words: list[Word]) -> None:
    for node in nodes:
        if isinstance(node, str):
            if words and node[:1].isspace() and not words[-1].text[-1:].isspace():
                words[-1] = words[-1]._replace(text=f"{words[-1].text} ")
            words += words_of_text(node, style)
        elif node.tag == "br":
            words.append(Word("\n", "\n", style))
        elif node.tag == "img":
            words.append(_picture(node))
        elif node.tag == "oembed":
            address = node.attributes.get("url", "")
            words.append(Word(f"[{address}] ", f"oembed:{address}", style))
        else:
            _gather(node.children, _style(node, style), words)
            if node.tag not in INLINE:
                words.append(Word(" | ", "|") if node.tag in {"td", "th"} else Word("\n", "\n"))


def _picture(img: Element) -> Word:
    alt, address = img.attributes.get("alt", ""), img.attributes.get("src", "")
    shown = _("[picture: %(text)s]") % {"text": alt or address.rpartition("/")[2]}
    return Word(f"{shown} ", f"img:{address}", (f"alt:{alt}",))


def _style(element: Element, style: tuple[str, ...]) -> tuple[str, ...]:
    name = _STYLES.get(element.tag, element.tag)
    if name in _SHOWN:
        return tuple(sorted({*style, name}))
    if name == "a":
        return tuple(sorted({*style, f"a:{element.attributes.get('href', '')}"}))
    return style
