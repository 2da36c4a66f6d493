"""The picture of a link: its size, its colours, and a title that is never cut by its edge."""

import re
from io import BytesIO
from itertools import pairwise

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as checking
from hypothesis import strategies as st
from PIL import Image

from newsroom.core import share_cards
from newsroom.core.marks import icons
from newsroom.core.share_cards import Card, draw, length_of, set_title
from newsroom.frontpage import installing

FRENCH = (
    "Anticonstitutionnellement, l’hypercholestérolémie familiale : « on s’est trompés », dit le Dr Dupont ; et après ?"
)


def picture_of(title="Vaccins : faut-il stocker ?", kicker="Vaccination", accent="garance", house="L’Observance"):
    return Image.open(BytesIO(draw(Card(title, kicker, accent, house))))


def bottom_of(title):
    return share_cards.TITLE_TOP + len(title.lines) * title.size * share_cards.LEADING


def test_a_picture_is_a_small_png_of_the_size_that_networks_ask_for():
    content = draw(Card(FRENCH, "Cardiologie", "indigo", "L’Observance"))

    picture = Image.open(BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(content) < 100_000


@pytest.mark.parametrize("accent", [*share_cards.ACCENTS, "inconnu"])
def test_the_specialtys_colour_stands_on_top(accent):
    pixels = picture_of(accent=accent).convert("RGB")

    wanted = share_cards.ACCENTS.get(accent, share_cards.BRAND)
    assert "#{:02x}{:02x}{:02x}".format(*pixels.getpixel((600, 5))) == wanted


def test_the_margins_stay_empty_whatever_is_written():
    for text in ("A" * 200, FRENCH, "Fin", "W " * 90):
        pixels = picture_of(text, kicker=text, house=text).convert("RGB")
        for box in ((0, 25, share_cards.MARGIN - 8, 630), (1200 - share_cards.MARGIN + 8, 25, 1200, 630)):
            assert pixels.crop(box).getcolors() == [(pixels.crop(box).size[0] * 605, (253, 252, 249))]


def test_a_title_breaks_where_french_lets_it_and_in_even_lines():
    title = set_title(FRENCH)

    assert title.size < share_cards.LARGEST
    assert not any(line.lstrip().startswith((":", ";", "?", "!", "»")) for line in title.lines)
    assert not any(line.rstrip().endswith(("«", "Dr")) for line in title.lines)
    assert " ".join(title.lines).replace("\N{NO-BREAK SPACE}", " ").startswith("Anticonstitutionnellement, l’hyper")


def test_a_short_title_is_set_large_and_a_long_one_smaller():
    assert set_title("Fin").size == share_cards.LARGEST
    sizes = [set_title("Vaccins au cabinet " * times).size for times in (1, 4, 8, 10)]
    assert all(shorter >= longer for shorter, longer in pairwise(sizes))
    assert sizes[-1] < sizes[0]


def test_a_word_longer_than_a_line_is_broken_and_what_never_fits_is_cut():
    broken = set_title("Q" * 200)
    cut = set_title("𝄞α" * 300)

    assert "".join(broken.lines) == "Q" * 200
    assert set("".join(cut.lines).lower()) == set("alph…")
    assert cut.lines[-1].endswith("…")
    assert bottom_of(cut) <= share_cards.TITLE_BOTTOM


def test_signs_that_the_font_lacks_are_spelt_taken_apart_or_left_out():
    assert set_title("β-bloquants").lines == ["Bêta-bloquants"]
    assert set_title("CO₂ ≥ 5").lines == ["CO2 >= 5"]
    assert set_title("Fièvre 🤒 jaune").lines == ["Fièvre jaune"]


@checking(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=200))
def test_no_title_overflows(text):
    title = set_title(text)

    assert bottom_of(title) <= share_cards.TITLE_BOTTOM
    assert max(length_of(line, title.size) for line in title.lines) <= share_cards.MEASURE


def test_the_colours_are_those_of_the_stylesheet():
    css = (settings.ROOT / "newsroom/static/css/site.css").read_text()
    tokens = dict(re.findall(r"--([\w-]+): light-dark\((#\w{6})", css))

    assert {name: tokens[name] for name in share_cards.ACCENTS if name != "bloc"} == {
        name: colour for name, colour in share_cards.ACCENTS.items() if name != "bloc"
    }
    told = (share_cards.PAPER, share_cards.INK, share_cards.RULE, share_cards.BRAND)
    assert told == (tokens["paper"], tokens["ink"], tokens["rule"], tokens["brand"])
    assert (tokens["paper"], tokens["brand"]) == (installing.PAPER, installing.BRAND)


def test_the_icons_are_what_the_mark_is_drawn_as():
    for name, drawn in icons():
        with Image.open(settings.ROOT / "newsroom/static/img" / name) as file:
            kept = file.convert("RGBA")
        assert kept.size == drawn.size
        for place in ((0, 0), (drawn.width // 2, drawn.height // 8), (drawn.width // 2, drawn.height // 2)):
            pairs = zip(kept.getpixel(place), drawn.convert("RGBA").getpixel(place), strict=True)
            assert all(abs(one - other) < 24 for one, other in pairs), (name, place)
