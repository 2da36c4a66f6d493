"""The picture of a link on social networks: a title on the house's paper, 1200 x 630 pixels. Knows no model of ours."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from newsroom.core.marks import mark
from newsroom.core.typography import typo_text

WIDTH: Final = 1200
HEIGHT: Final = 630
# Raised when the drawing changes: every picture then has a new address.
DRAWING: Final = 1
FONTS: Final = Path(settings.ROOT) / "newsroom" / "static" / "fonts"
SERIF: Final = "encre-serif.woff2"
SANS: Final = "public-sans-latin-wght-normal.woff2"

# The tokens of site.css, in light: a test compares them.
PAPER: Final = "#fdfcf9"
INK: Final = "#15191c"
RULE: Final = "#d8d3c7"
BRAND: Final = "#0b5d4e"
ACCENTS: Final = {
    "prune": "#7b2163",
    "garance": "#a3173f",
    "indigo": "#3d489f",
    "ocre": "#7d4c00",
    "bloc": BRAND,
    "olive": "#545910",
    "brique": "#96371a",
    "ardoise": "#2d4b66",
}

MARGIN: Final = 80
MEASURE: Final = WIDTH - 2 * MARGIN
TITLE_TOP: Final = 150
TITLE_BOTTOM: Final = 500
LARGEST, SMALLEST, STEP = 92, 36, 4
LEADING: Final = 1.12
# Of a title in signs: articles have 200 at most, typography adds some.
LONGEST_TITLE: Final = 300
SIGN: Final = 48
# What our subset of the serif lacks and medical titles use.
SPELT: Final = {
    "α": "alpha",
    "β": "bêta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "µ",
    "σ": "sigma",
    "τ": "tau",
    "ω": "oméga",
    "≥": ">=",
    "≤": "<=",
    "≠": "/=",
    "≈": "~",
    "→": "->",
    "\N{NON-BREAKING HYPHEN}": "-",
}
NOWHERE: Final = "\U0010fffd"
NO_BREAKS: Final = frozenset("\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}")


class Card(NamedTuple):
    """What stands on a picture: a title, what stands over it and in which of the eight accents, whose it is."""

    title: str
    kicker: str
    accent: str
    house: str


class Set(NamedTuple):
    """A title set in lines at a size in pixels."""

    lines: list[str]
    size: int


def draw(card: Card) -> bytes:
    """Return the picture as PNG bytes; about 100 ms and 40 kB. Raises OSError where the fonts cannot be read."""
    accent = ACCENTS.get(card.accent, BRAND)
    picture = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, WIDTH, 20), fill=accent)
    if card.kicker:
        kicker = _fitted(typo_text(card.kicker), _font(SANS, 32, 700))
        pen.text((MARGIN, 84), kicker, font=_font(SANS, 32, 700), fill=accent)
    title = set_title(card.title)
    font = _font(SERIF, title.size, 650)
    for number, line in enumerate(title.lines):
        pen.text((MARGIN, TITLE_TOP + round(number * title.size * LEADING)), line, font=font, fill=INK)
    pen.line((MARGIN, 530, WIDTH - MARGIN, 530), fill=RULE, width=2)
    name = _fitted(typo_text(card.house), _font(SERIF, 38, 650), MEASURE - SIGN - 16)
    pen.text((MARGIN + SIGN + 16, 552), name, font=_font(SERIF, 38, 650), fill=INK)
    sign = mark(SIGN)
    picture.paste(sign, (MARGIN, 554), sign)
    written = BytesIO()
    picture.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def set_title(title: str) -> Set:
    """Return the title in French typography, in lines of even length, as large as the space allows.

    Lines break at spaces only, never at the no-break ones that typography puts before "?" and after "Dr". What no
    size fits is cut, with an ellipsis.
    """
    text = " ".join(filter(None, _drawable(typo_text(title)[:LONGEST_TITLE]).split(" ")))
    for size in range(LARGEST, SMALLEST - 1, -STEP):
        font = _font(SERIF, size, 650)
        lines = list(_wrapped(text, font, MEASURE))
        if len(lines) <= _most_lines(size) and all(font.getlength(line) <= MEASURE for line in lines):
            return Set(_evened(text, font, lines), size)
    font = _font(SERIF, SMALLEST, 650)
    most = _most_lines(SMALLEST)
    lines = list(_wrapped(text, font, MEASURE, breaks_words=True))
    if len(lines) > most:
        lines = [*lines[: most - 1], _fitted(f"{lines[most - 1]}…", font)]
    return Set(lines, SMALLEST)


def length_of(line: str, size: int) -> float:
    """Return how long a line of a title is at that size, in pixels."""
    return _font(SERIF, size, 650).getlength(line)


def _most_lines(size: int) -> int:
    return int((TITLE_BOTTOM - TITLE_TOP) / (size * LEADING))


def _evened(text: str, font: ImageFont.FreeTypeFont, lines: list[str]) -> list[str]:
    """Return as many lines, as even as they come: the narrowest column that they fit into."""
    narrow, wide = 0, MEASURE
    while wide - narrow > 8:  # noqa: PLR2004 - pixels: nobody sees less
        middle = (narrow + wide) // 2
        tried = list(_wrapped(text, font, middle))
        if len(tried) > len(lines) or any(font.getlength(line) > middle for line in tried):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def _wrapped(text: str, font: ImageFont.FreeTypeFont, measure: float, *, breaks_words: bool = False) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= measure:
            line = longer
            continue
        if line:
            yield line
        line = word
        while breaks_words and font.getlength(line) > measure:
            fits = _fitting(line, font, measure)
            yield line[:fits]
            line = line[fits:]
    yield line


def _fitting(line: str, font: ImageFont.FreeTypeFont, measure: float) -> int:
    """Return how many signs of a line too long fit into ``measure``, at least one."""
    return max(1, bisect_right(range(1, len(line)), measure, key=lambda end: font.getlength(line[:end])))


def _fitted(line: str, font: ImageFont.FreeTypeFont, measure: int = MEASURE) -> str:
    """Return the line, cut with an ellipsis where it is longer than ``measure`` pixels."""
    line = _drawable(line)
    if font.getlength(line) <= measure:
        return line
    line = line.rstrip("…")
    room = measure - font.getlength("…")
    return f"{line[: _fitting(line, font, room)].rstrip()}…"


def _drawable(text: str) -> str:
    """Return ``text`` with what the fonts can show: other signs are spelt, taken apart or left out."""
    shown = "".join(_shown(sign) for sign in text)
    return shown if text[:1].islower() and _shown(text[0]) == text[0] else shown[:1].upper() + shown[1:]


@cache
def _shown(sign: str) -> str:
    kind = unicodedata.category(sign)
    if kind.startswith("C"):
        # Control signs, halves of pairs, places without a sign: no layout engine takes them.
        return ""
    if kind.startswith("Z"):
        return sign if sign in NO_BREAKS else " "
    if _has(sign):
        return sign
    spelt = SPELT.get(sign) or unicodedata.normalize("NFKC", sign)
    return "".join(part for part in spelt if part == " " or (unicodedata.category(part)[0] not in "CZ" and _has(part)))


def _has(sign: str) -> bool:
    """Say whether the serif draws the sign as something else than a sign that it has not."""
    font = _font(SERIF, SMALLEST, 650)
    return bytes(font.getmask(sign)) != bytes(font.getmask(NOWHERE))


@cache
def _font(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONTS / name), size)
    # The serif has a weight and an optical size (20 to 60), the sans a weight alone.
    places = {b"Weight": float(weight), b"Optical Size": float(min(size, 60))}
    font.set_variation_by_axes([places[axis["name"] or b""] for axis in font.get_variation_axes()])
    return font
