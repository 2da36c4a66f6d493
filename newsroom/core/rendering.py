"""Source text to safe HTML, once, when it is saved. The only module that declares HTML safe.

The profile of allowed tags and attributes is explicit: library defaults leave ``cite="javascript:"`` and the like.
Nothing transforms the HTML after it was sanitised: what is stored is what was checked. ``RENDERER`` is stored
beside every rendered text; raising it makes ``rebuild_rendered`` render everything anew.
"""

import re
import unicodedata
from html import escape
from urllib.parse import urlsplit

import nh3
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

RENDERER = 1

ARTICLE_TAGS = {
    *("p", "br", "h2", "h3", "strong", "em", "b", "i", "sub", "sup", "a", "ul", "ol", "li"),
    *("blockquote", "cite", "figure", "figcaption", "img", "hr", "pre", "code", "abbr"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ARTICLE_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "abbr": {"title"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
}
COMMENT_TAGS = {"p", "br", "a", "strong", "em", "blockquote", "ul", "ol", "li"}
COMMENT_ATTRIBUTES = {"a": {"href"}}
SCHEMES = {"http", "https", "mailto"}
# Unicode's categories of control signs and of surrogates.
UNSTORED = {"Cc", "Cs"}
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What is left of an image whose address was refused.
EMPTY_IMAGE = re.compile(r"<img(?![^>]*\ssrc=)[^>]*>")


def normalised(text: str) -> str:
    """Return ``text`` as it is stored: NFC, unix line ends, no control signs but newline and tab, no outer space.

    Halves of surrogate pairs, which no encoding can write, are dropped too.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in UNSTORED).strip()


def printable(text: str) -> str:
    """Return ``text`` with a space for each sign that no XML document may hold, such as a pasted vertical tab.

    Source: XML 1.0, production 2 ("Char"). One such sign in one title would break a feed for everybody.
    """
    return NOT_IN_XML.sub(" ", text)


def render_article(source: str) -> str:
    """Return the safe HTML of an article's source HTML: named tags only, no style, no script, no empty image.

    Addresses that start with ``//`` are dropped, and so are images of other hosts. A second pass over the result
    makes sure that what is stored is exactly what was checked.
    """
    once = _article_html(normalised(source))
    return _article_html(EMPTY_IMAGE.sub("", once))


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


def plain_text(html: str) -> str:
    """Return the text of sanitised HTML without its tags, for search, excerpts and counting; blocks part lines."""
    spaced = (
        html.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("<br>", "\n").replace("</h2>", "</h2>\n")
    )
    text = nh3.clean(spaced, tags=set(), link_rel=None)
    for entity, sign in (("&nbsp;", "\u00a0"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def stored(html: str) -> SafeString:
    """Declare HTML safe that was rendered by this house and stored; never call it on what people sent."""
    return mark_safe(html)  # noqa: S308 - the one place; its callers pass stored, sanitised HTML


def _article_html(html: str) -> str:
    return nh3.clean(
        html,
        tags=ARTICLE_TAGS,
        attributes=ARTICLE_ATTRIBUTES,
        attribute_filter=_sound_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )


def _sound_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Drop addresses that borrow the page's scheme (``//host``) and images that are not ours to show."""
    if attribute not in {"href", "src"}:
        return value
    address = value.strip()
    if address.startswith(("//", "/\\", "\\")):
        return None
    if tag == "img":
        host = urlsplit(address).netloc
        return address if not host or host == urlsplit(settings.SITE_URL).netloc else None
    return address


def data_block(data: object, kind: str = "application/ld+json") -> SafeString:
    """Return a ``<script>`` element that holds data for machines and is never run.

    The signs that could end the element are written as JSON escapes. A data block is no script to a content
    policy (HTML standard, "prepare the script element"), so it takes no nonce and the page stays cacheable.
    """
    json = DjangoJSONEncoder(ensure_ascii=False).encode(data)
    for sign in "<>&\u2028\u2029":
        json = json.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="{kind}">{json}</script>')  # noqa: S308 - escaped just above
