"""Source text to safe HTML, once, when it is saved. The only module that declares HTML safe.

An article goes through four hands: its source is sanitised and read as a tree (``sanitising``, ``markup``), set out as
a page shows it (``calls``, ``insertions``, ``illustrations``), written, and sanitised once more by the profile of a
page. Nothing transforms the HTML after that: what is stored is what was checked. ``RENDERER`` is stored beside every
rendered text; raising it makes ``rebuild_rendered`` render everything anew.
"""

import re
import unicodedata
from collections.abc import Mapping
from html import escape, unescape

import nh3
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

from newsroom.core.calls import link_calls
from newsroom.core.illustrations import PictureFacts, Rendition, set_pictures, set_tables
from newsroom.core.insertions import set_invitations, set_players
from newsroom.core.markup import Node, elements, parsed, written
from newsroom.core.sanitising import (
    ARTICLE_ATTRIBUTES,
    ARTICLE_TAGS,
    SCHEMES,
    as_article,
    as_source,
    is_too_tangled,
)

__all__ = [
    "ARTICLE_ATTRIBUTES",
    "ARTICLE_TAGS",
    "COMMENT_TAGS",
    "RENDERER",
    "PictureFacts",
    "Rendition",
    "addresses_of_pictures",
    "data_block",
    "has_players",
    "normalised",
    "plain_text",
    "printable",
    "render_article",
    "render_comment",
    "render_transcript",
    "stored",
]

RENDERER = 2

COMMENT_TAGS = {"p", "br", "a", "strong", "em", "blockquote", "ul", "ol", "li"}
COMMENT_ATTRIBUTES = {"a": {"href"}}
# Unicode's categories of control signs (but newline and tab) and of surrogates: Cc and Cs.
UNSTORED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PLAYER = '<figure class="box embed">'
# Where a card may have to be written, or its class taken away.
INVITATION = re.compile(r"/(?:debats|consultations)/|<p class")
PICTURE = re.compile(r"<(?:figure|img|picture|source)")
# Said beside a player about the player: no words of the article.
NOTICE = re.compile(re.escape(PLAYER) + r".*?</figure>", re.DOTALL)
BLOCK_ENDS = re.compile(r"</(?:p|li|h2|h3|tr|figcaption|caption|pre|blockquote)>|<br>")
CELL_ENDS = re.compile(r"</t[hd]>")
TAG = re.compile(r"<[^>]*>")
MOST_ATTEMPTS = 4
# Words are shown so many signs a paragraph where markup had to be dropped.
LONGEST_PARAGRAPH = 10_000
# Who speaks, at the beginning of a paragraph of a transcript: a short name and a colon.
SPEAKER = re.compile(r"([^\W\d][^:\n]{0,59}?)(\s?:)(?=\s)")
TRANSCRIPT_TAGS = {"p", "br", "strong"}


def normalised(text: str) -> str:
    """Return ``text`` as it is stored: NFC, unix line ends, no control signs but newline and tab, no outer space.

    Halves of surrogate pairs, which no encoding can write, are dropped too.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return UNSTORED.sub("", text).strip()


def printable(text: str) -> str:
    """Return ``text`` with a space for each sign that no XML document may hold, such as a pasted vertical tab.

    Source: XML 1.0, production 2 ("Char"). One such sign in one title would break a feed for everybody.
    """
    return NOT_IN_XML.sub(" ", text)


def render_article(source: str, pictures: Mapping[str, PictureFacts] | None = None) -> str:
    """Return the safe HTML of an article's source HTML: named tags only, no style, no script, no empty image.

    ``pictures`` maps the addresses of the text's pictures to what the library knows of them. Calls of references
    become links, media embeds blocks that load nothing by themselves, a paragraph with nothing but a link to a debate
    or consultation of ours a card. Addresses that start with ``//`` are dropped, and so are pictures of other hosts.

    Total and in bounded time, whatever is given: of a text more tangled than anybody writes, the words are kept and
    the markup goes (forms refuse it before, ``newsroom.core.pasting.bearable``). Rendering what was rendered, with
    the same pictures, changes nothing.
    """
    source = normalised(source)
    if is_too_tangled(source):
        source = _words_alone(source)
    html = as_source(source)
    for _attempt in range(MOST_ATTEMPTS):
        wanted = _set_out(html, pictures or {})
        html = as_article(wanted)
        if html == wanted:
            break
        # A block in a link, say, which a parser reads otherwise than it was written: set out what it makes of it.
    return html


def addresses_of_pictures(source: str) -> set[str]:
    """Return the addresses of the pictures in an article's source, as they are written there."""
    if "<img" not in source.lower() or is_too_tangled(source):
        return set()
    images = (element for element in elements(parsed(as_source(source))) if element.tag == "img")
    return {image.attributes["src"] for image in images if "src" in image.attributes}


def has_players(html: str) -> bool:
    """Say whether a rendered text has players: its page needs ``js/embeds.js``."""
    return PLAYER in html


def render_comment(source: str) -> str:
    """Return the safe HTML of a comment's plain text: blank lines part paragraphs, line ends are kept."""
    paragraphs = [part.strip() for part in normalised(source).split("\n\n") if part.strip()]
    html = "".join(f"<p>{escape(part, quote=False).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    return nh3.clean(
        html,
        tags=COMMENT_TAGS,
        attributes=COMMENT_ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="nofollow ugc noopener",
    )


def render_transcript(source: str) -> str:
    """Return the safe HTML of a transcript's plain text, paragraphs as in ``render_comment``; who speaks is strong."""
    paragraphs = [part.strip() for part in normalised(source).split("\n\n") if part.strip()]
    return nh3.clean("".join(_spoken(part) for part in paragraphs), tags=TRANSCRIPT_TAGS, attributes={})


def plain_text(html: str) -> str:
    """Return the text of sanitised HTML without its tags, for search, excerpts and counting; blocks part lines."""
    spaced = BLOCK_ENDS.sub("\n", CELL_ENDS.sub(" ", NOTICE.sub("", html)))
    text = unescape(TAG.sub("", spaced))
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def stored(html: str) -> SafeString:
    """Declare HTML safe that this house rendered, now or when it was stored; never call it on what people sent."""
    return mark_safe(html)  # noqa: S308 - the one place; its callers pass sanitised HTML, or pieces of it that they have escaped


def _spoken(paragraph: str) -> str:
    name = SPEAKER.match(paragraph)
    said = paragraph[name.end() :] if name else paragraph
    who = f"<strong>{escape(name[0], quote=False)}</strong>" if name else ""
    return f"<p>{who}{escape(said, quote=False).replace(chr(10), '<br>')}</p>"


def _set_out(html: str, pictures: Mapping[str, PictureFacts]) -> str:
    nodes = parsed(html)
    if "<figure" in html or "<oembed" in html:
        set_players(nodes)
    if PICTURE.search(html):
        set_pictures(nodes, pictures)
    if "<table" in html:
        set_tables(nodes)
    if INVITATION.search(html):
        set_invitations(nodes)
    link_calls(nodes)
    if "<pre" in html:
        _trim_code(nodes)
    return written(nodes).strip()


def _trim_code(nodes: list[Node]) -> None:
    """Take the line ends away with which a ``<pre>`` begins: a parser drops the first, each time it reads the text."""
    for element in elements(nodes):
        if element.tag == "pre" and element.children and isinstance(element.children[0], str):
            element.children[0] = element.children[0].lstrip("\n")


def _words_alone(source: str) -> str:
    """Return the words of a text as paragraphs; what stands between "<" and ">" is dropped."""
    lines = unescape(TAG.sub("\n", source)).splitlines()
    pieces = (line[at : at + LONGEST_PARAGRAPH] for line in lines for at in range(0, len(line), LONGEST_PARAGRAPH))
    return "".join(f"<p>{escape(piece, quote=False)}</p>" for piece in pieces if piece.strip())


def data_block(data: object, kind: str = "application/ld+json") -> SafeString:
    """Return a ``<script>`` element that holds data for machines and is never run.

    The signs that could end the element are written as JSON escapes. A data block is no script to a content
    policy (HTML standard, "prepare the script element"), so it takes no nonce and the page stays cacheable.
    """
    json = DjangoJSONEncoder(ensure_ascii=False).encode(data)
    for sign in "<>&\u2028\u2029":
        json = json.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="{kind}">{json}</script>')  # noqa: S308 - escaped just above
