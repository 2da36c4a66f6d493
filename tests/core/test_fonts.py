"""The fonts that readers download: what the stylesheets name is there, is small, and bears a name of its own."""

import re
from pathlib import Path

from PIL import ImageFont

STATIC = Path(__file__).resolve().parents[2] / "newsroom" / "static"
FONTS = STATIC / "fonts"
# Before the first text: the serif and the sans, in thousands of bytes. The italic comes where a text uses it.
FIRST, ITALIC = 80_000, 20_000


def named_in(stylesheet):
    return set(re.findall(r'url\("\.\./fonts/([^"]+)"\)', (STATIC / "css" / stylesheet).read_text()))


def test_every_font_is_named_and_there():
    files = {path.name for path in FONTS.glob("*.woff2")}

    assert named_in("site.css") == files
    assert named_in("admin.css") <= files


def test_fonts_keep_their_budget():
    sizes = {name: (FONTS / name).stat().st_size for name in named_in("site.css")}
    italics = {name for name in sizes if "italic" in name}

    assert sum(size for name, size in sizes.items() if name not in italics) <= FIRST
    assert sum(sizes[name] for name in italics) <= ITALIC


def test_what_we_changed_does_not_bear_the_reserved_name():
    for name in ("encre-serif.woff2", "encre-serif-italic.woff2"):
        assert ImageFont.truetype(str(FONTS / name)).getname()[0] == "Encre Serif"
    assert "Reserved Font Name 'Source'" in (FONTS / "FONTLOG.txt").read_text()
