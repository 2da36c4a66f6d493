"""What people paste: pages of Word, Google Docs and LibreOffice, made into the plain HTML of an article's source.

``cleaned`` runs in the form, before the text is saved: the source that is stored is the clean one, so that the editor
sees what readers will. ``bearable`` comes before it and refuses in words what no parser should be given. Neither makes
anything safe: that is the renderer's work (``newsroom.core.rendering``).
"""

import re
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.core.markup import INLINE, Element, Node, is_blank, parsed, text_of, written
from newsroom.core.pasted_lists import gather_lists
from newsroom.core.rendering import normalised
from newsroom.core.sanitising import (
    LONGEST_SOURCE,
    SCHEMES,
    SOURCE_ATTRIBUTES,
    SOURCE_TAGS,
    as_source,
    closed_references,
    is_own_address,
    is_too_tangled,
)

#: What word processors write beside, and what becomes of it.
_RENAMED = {
    **dict.fromkeys(("h4", "h5", "h6"), "h3"),
    **dict.fromkeys(("tt", "kbd", "samp"), "code"),
    "h1": "h2",
    "b": "strong",
    "i": "em",
}
_UNWRAPPED = frozenset({"span", "font", "u", "s", "del", "ins", "strike", "small", "big", "center", "label", "dl"})
_BOXES = frozenset({"div", "section", "article", "main", "header", "footer", "aside", "address", "dt", "dd"})
_PASTED_TAGS = SOURCE_TAGS | set(_RENAMED) | _UNWRAPPED | _BOXES
_PASTED_ATTRIBUTES = {
    **SOURCE_ATTRIBUTES,
    **{tag: SOURCE_ATTRIBUTES.get(tag, set()) | {"style", "class"} for tag in (_PASTED_TAGS - {"table", "tr"})},
}
#: What is dropped with all it holds: what programs wrote for themselves.
_MACHINES = {"script", "style", "title", "xml", "template", "noscript"}
_STYLE = re.compile(r"([a-z-]+)\s*:\s*([^;]+)")
_BOLD = re.compile(r"bold|bolder|[6-9]00")
_LIGHT = re.compile(r"normal|lighter|[1-5]00")
_FIGURES = frozenset({"image", "table", "media", "fig", "box", "embed"})
#: Blocks that are nothing without words.
_WORDED = frozenset({"p", "h2", "h3", "li", "blockquote"})
_MERGED = frozenset({"strong", "em", "sub", "sup"})


def bearable(html: str) -> None:
    """Raise ValidationError, with the sentence for the editor, for a text that is too long or too tangled to keep.

    A form calls it first; what was typed stays in the form. Takes time linear in the text's length.
    """
    if len(html) > LONGEST_SOURCE:
        message = _("Shorten the text or split it: it has %(length)s signs with its markup, the most is %(most)s.")
        raise ValidationError(
            message, code="too_long", params={"length": _spaced(len(html)), "most": _spaced(LONGEST_SOURCE)}
        )
    if is_too_tangled(html):
        message = _(
            "Paste the text again without its layout (Ctrl+Shift+V): its tables and lists are nested too deeply, "
            "or it has too many of them, to be shown."
        )
        raise ValidationError(message, code="too_tangled")


def cleaned(html: str) -> str:
    """Return pasted HTML as the source of an article: structure kept, layout gone. Cleaning twice changes nothing.

    Bold and italics that were styles become ``<strong>`` and ``<em>``; Word's paragraphs with a bullet typed before
    them become lists; headings get the two levels of an article; addresses that Google has wrapped are unwrapped;
    blank paragraphs and pictures of other hosts go. What is more tangled than anybody writes is returned as it came:
    ``bearable`` refuses it.
    """
    html = normalised(html)
    if is_too_tangled(html):
        return html
    pasted: str = nh3.clean(
        closed_references(html),
        tags=_PASTED_TAGS,
        clean_content_tags=_MACHINES,
        attributes=_PASTED_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    nodes = gather_lists(parsed(pasted))
    nodes = _merged(_in_blocks(_plain(nodes)))
    return as_source(written(nodes)).strip()


def styles_of(element: Element) -> dict[str, str]:
    """Return the properties of an element's ``style`` attribute, in lower case."""
    return dict(_STYLE.findall(element.attributes.get("style", "").lower()))


def _plain(nodes: list[Node]) -> list[Node]:
    """Return the nodes with tags of the source alone, and without style."""
    plain: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            plain.append(node)
        else:
            plain += _plain_element(node)
    return plain


def _plain_element(element: Element) -> list[Node]:
    style = styles_of(element)
    if "ignore" in style.get("mso-list", ""):
        return []
    children: list[Node] = [" "] if "yes" in style.get("mso-spacerun", "") else _plain(element.children)
    if element.tag == "img" and not (is_own_address(address := element.attributes.get("src", "")) and address):
        return []
    tag = _RENAMED.get(element.tag, element.tag)
    if tag == "strong" and _LIGHT.fullmatch(style.get("font-weight", "").strip()):
        # Google Docs puts the whole page into a <b> that is not bold.
        return children
    if tag in _UNWRAPPED or (tag == "a" and "href" not in element.attributes):
        return _styled(children, style)
    return [Element(tag, _kept(tag, element), _in_blocks(children) if tag in _BOXES else children)]


def _styled(children: list[Node], style: dict[str, str]) -> list[Node]:
    """Return the children in the elements that say what their style showed; blocks and blanks stay bare."""
    if is_blank(*children) or any(isinstance(child, Element) and child.tag not in INLINE for child in children):
        return children
    wanted = [
        ("strong", _BOLD.fullmatch(style.get("font-weight", "").strip())),
        ("em", style.get("font-style", "").strip() == "italic"),
        ("sup", style.get("vertical-align", "").strip() == "super"),
        ("sub", style.get("vertical-align", "").strip() == "sub"),
    ]
    for tag, is_wanted in wanted:
        if is_wanted:
            children = [Element(tag, children=children)]
    return children


def _kept(tag: str, element: Element) -> dict[str, str]:
    kept = {name: value for name, value in element.attributes.items() if name not in {"style", "class", "id"}}
    if tag == "figure" and (classes := _FIGURES & set(element.classes)):
        kept = {"class": " ".join(name for name in element.classes if name in classes)} | kept
    if tag == "a":
        kept["href"] = _unwrapped(kept["href"])
    return kept


def _unwrapped(address: str) -> str:
    """Return the address that Google Docs has put behind one of Google's own."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.netloc == "www.google.com" and parts.path == "/url":
        return parse_qs(parts.query).get("q", [address])[0]
    return address


def _in_blocks(nodes: list[Node]) -> list[Node]:
    """Return the nodes of a page with every run of text in a paragraph, no box around a block and no blank one."""
    blocks: list[Node] = []
    for is_line, run in groupby(nodes, key=_is_inline):
        held = list(run)
        if is_line:
            blocks += [] if is_blank(*held) else [Element("p", children=held)]
            continue
        for block in held:
            if isinstance(block, Element) and block.tag in _BOXES:
                blocks += block.children
            elif not (isinstance(block, Element) and block.tag in _WORDED and is_blank(*block.children)):
                blocks.append(block)
    return blocks


def _is_inline(node: Node) -> bool:
    return isinstance(node, str) or node.tag in INLINE


def _merged(nodes: list[Node]) -> list[Node]:
    """Return the nodes with neighbours of the same emphasis made one: word processors cut them at every change."""
    merged: list[Node] = []
    for node in nodes:
        last = merged[-1] if merged else None
        if isinstance(node, Element):
            node.children = _merged(node.children)
            if node.tag in _MERGED and not text_of(node) and is_blank(node):
                continue
            if isinstance(last, Element) and last.tag == node.tag and node.tag in _MERGED:
                last.children = _merged([*last.children, *node.children])
                continue
        elif isinstance(last, str):
            merged[-1] = last + node
            continue
        merged.append(node)
    return merged


def _spaced(number: int) -> str:
    return f"{number:,d}".replace(",", "\u202f")
