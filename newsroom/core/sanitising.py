"""What HTML may hold: the profiles of the house, and the one place that calls the sanitiser.

A profile names its tags and attributes one by one: library defaults leave ``cite="javascript:"`` and the like.
Two profiles for articles: ``as_source`` is what an editor may have typed, ``as_article`` what readers are sent. Only
the second declares anything fit for a page; ``as_feed`` makes of it what may leave the site.
"""

import re
from urllib.parse import urljoin, urlsplit

import nh3
from django.conf import settings

ARTICLE_TAGS = {
    *("p", "br", "h2", "h3", "strong", "em", "b", "i", "sub", "sup", "a", "ul", "ol", "li"),
    *("blockquote", "cite", "figure", "figcaption", "img", "picture", "source", "hr", "pre", "code", "abbr"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ARTICLE_ATTRIBUTES = {
    "a": {"href", "title", "id"},
    "img": {"src", "alt", "width", "height", "loading", "srcset", "sizes"},
    "source": {"type", "srcset", "sizes"},
    "abbr": {"title"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "ol": {"start"},
    "figure": {"tabindex"},
}
#: Classes that the renderer writes, whole: a picture, a table, a player; an invitation to answer.
ARTICLE_CLASSES = {"figure": {"fig", "table", "box", "embed"}, "p": {"box", "insert"}}
#: What a feed takes along of a page: no choice of pictures, no names of places, nothing for our style sheet or scripts.
FEED_TAGS = ARTICLE_TAGS - {"picture", "source"}
FEED_ATTRIBUTES = {
    **ARTICLE_ATTRIBUTES,
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "figure": set(),
}
#: What CKEditor writes beside: media as ``<oembed>``, and by which class it knows its own figures again.
SOURCE_TAGS = ARTICLE_TAGS | {"oembed"}
SOURCE_ATTRIBUTES = ARTICLE_ATTRIBUTES | {"oembed": {"url"}}
SOURCE_CLASSES = {"figure": {*ARTICLE_CLASSES["figure"], "image", "media"}, "p": ARTICLE_CLASSES["p"]}
SCHEMES = {"http", "https", "mailto"}
#: What a page shows a picture at: the measure of the text, or the whole width of a telephone.
SIZES = "(min-width: 45rem) 42rem, 100vw"

#: The longest article of the house has 60,000 signs; markup doubles that, a pasted book is ten times as long.
LONGEST_SOURCE = 400_000
#: A table of 1,000 rows and 8 columns has 9,000 (and as many ends).
MOST_TAGS = 20_000
#: The parser's time grows with the square of the references in one text: 50,000 take 0.05 s, 5,000,000 minutes.
MOST_REFERENCES = 50_000
#: A list in a cell of a table in a cell of a table is at 14.
DEEPEST_SOURCE = 40

_EXACT = {
    ("a", "id"): re.compile(r"appel-\d{1,3}(-\d{1,3})?"),
    ("img", "loading"): re.compile(r"lazy"),
    ("img", "sizes"): re.compile(re.escape(SIZES)),
    ("source", "sizes"): re.compile(re.escape(SIZES)),
    ("source", "type"): re.compile(r"image/(avif|webp)"),
    ("figure", "tabindex"): re.compile(r"0"),
    ("th", "scope"): re.compile(r"(row|col)(group)?"),
}
_CANDIDATE = re.compile(r"(?P<address>[^\s,]+) \d{1,5}w")
#: A sign "&" that begins no whole reference is escaped: in ``?a=1&copy=2`` a parser would read ©.
_LOOSE_AMPERSAND = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6});)")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
# Elements that hold nothing or that the next of their kind ends: they do not add up.
_SHALLOW = frozenset(
    {"br", "hr", "img", "source", "col", "wbr", "input", "meta", "link", "area", "base", "embed", "param", "track"}
    | {"p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "colgroup", "dt", "dd", "option"}
)


def as_source(html: str) -> str:
    """Return ``html`` with nothing but what an article's source may hold, every tag closed and attribute quoted."""
    return _clean(html, SOURCE_TAGS, SOURCE_ATTRIBUTES, SOURCE_CLASSES)


def as_article(html: str) -> str:
    """Return ``html`` with nothing but what an article's page may hold. Nothing may change it afterwards."""
    return _clean(html, ARTICLE_TAGS, ARTICLE_ATTRIBUTES, ARTICLE_CLASSES)


def as_feed(html: str, address: str) -> str:
    """Return the text of an article's page as a feed holds it: its links and pictures lead there from anywhere.

    ``address`` is the page's own, with its host: addresses without one are read from there.
    """

    def portable(tag: str, attribute: str, value: str) -> str | None:
        sound = _sound_attribute(tag, attribute, value)
        return urljoin(address, sound) if sound is not None and attribute in {"href", "src"} else sound

    cleaned: str = nh3.clean(
        closed_references(html),
        tags=FEED_TAGS,
        attributes=FEED_ATTRIBUTES,
        attribute_filter=portable,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    return cleaned


def closed_references(html: str) -> str:
    """Return ``html`` with each "&" escaped that begins no whole character reference."""
    return _LOOSE_AMPERSAND.sub("&amp;", html)


def is_own_address(address: str) -> bool:
    """Say whether a picture may be shown from there: a path of ours, this site's host or that of its media."""
    if not is_sound_address(address):
        return False
    host = urlsplit(address).netloc
    return not host or host in {urlsplit(settings.SITE_URL).netloc, urlsplit(settings.MEDIA_URL).netloc}


def is_sound_address(address: str) -> bool:
    r"""Say whether an address can be read, and does not borrow the page's scheme (``//host``, ``/\host``)."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return not address.startswith(("//", "/\\", "\\"))


def is_too_tangled(html: str) -> bool:
    """Say whether ``html`` has more tags, or deeper ones, than anybody writes: parsers need seconds for such a text.

    Reads the tags in order and believes each end that has a beginning. Takes time linear in the text's length.
    """
    if html.count("<") > MOST_TAGS * 2 or html.count("&") > MOST_REFERENCES:
        return True
    opened: list[str] = []
    for end, name in _TAG.findall(html):
        tag = name.lower()
        if tag in _SHALLOW:
            continue
        if not end:
            opened.append(tag)
            if len(opened) > DEEPEST_SOURCE:
                return True
        elif tag in opened:
            del opened[len(opened) - 1 - opened[::-1].index(tag) :]
    return False


def _clean(html: str, tags: set[str], attributes: dict[str, set[str]], classes: dict[str, set[str]]) -> str:
    cleaned: str = nh3.clean(
        closed_references(html),
        tags=tags,
        attributes=attributes,
        allowed_classes=classes,
        attribute_filter=_sound_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
        strip_comments=True,
    )
    return cleaned


def _sound_attribute(tag: str, attribute: str, value: str) -> str | None:
    """Drop addresses that are not sound, pictures that are not ours to show, and values nobody asked for."""
    exact = _EXACT.get((tag, attribute))
    if exact is not None:
        return value if exact.fullmatch(value) else None
    if attribute == "srcset":
        return value if _is_own_srcset(value) else None
    if attribute in {"href", "src", "url"}:
        return _sound_address(tag, value.strip())
    return value


def _sound_address(tag: str, address: str) -> str | None:
    if tag == "img":
        return address if is_own_address(address) else None
    if tag == "oembed":
        return address if address.startswith(("https://", "http://")) and is_sound_address(address) else None
    return address if is_sound_address(address) else None


def _is_own_srcset(value: str) -> bool:
    """Say whether every candidate is an address of ours and a width, written as the renderer writes them."""
    candidates = [_CANDIDATE.fullmatch(candidate) for candidate in value.split(", ")]
    return all(match is not None and is_own_address(match["address"]) for match in candidates)
