"""What readers see of a text that is not complete yet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.pages.first_texts import first_text
from newsroom.pages.marks import rendered, to_complete
from newsroom.pages.models import SLUGS

MARK = "[À compléter : le nom]"
PIECES = [
    "<h2>A</h2>",
    "<h3>B</h3>",
    f"<p>{MARK}</p>",
    f"<ul><li>{MARK}</li><li>x</li></ul>",
    f"<p>a <em>{MARK}</em></p>",
]


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<p>Un.</p>", "<p>Un.</p>"),
        (f"<p>Un.</p><p>{MARK}</p>", "<p>Un.</p>"),
        (f"<p>Avant <strong>{MARK}</strong> après</p><p>Un.</p>", "<p>Un.</p>"),
        (f"<h2>Titre</h2><p>{MARK}</p><h2>Suite</h2><p>Un.</p>", "<h2>Suite</h2><p>Un.</p>"),
        (f"<h2>Titre</h2><h3>Sous</h3><p>{MARK}</p><p>Un.</p>", "<h2>Titre</h2><h3>Sous</h3><p>Un.</p>"),
        (f"<h2>Titre</h2><h3>Sous</h3><p>{MARK}</p><h2>Suite</h2><p>Un.</p>", "<h2>Suite</h2><p>Un.</p>"),
        (f"<p>Un.</p><ul><li>Deux</li><li>{MARK}</li></ul>", "<p>Un.</p><ul><li>Deux</li></ul>"),
        (f"<p>Un.</p><ul><li>{MARK}</li></ul>", "<p>Un.</p>"),
        (f"<ul><li>Un<ul><li>{MARK}</li></ul></li></ul>", "<ul><li>Un</li></ul>"),
        (f"<blockquote><p>{MARK}</p><p>Un.</p></blockquote>", "<blockquote><p>Un.</p></blockquote>"),
        (f"{MARK}", ""),
        (f"<h2>{MARK}</h2><p>Un.</p>", "<p>Un.</p>"),
    ],
)
def test_a_passage_that_is_not_complete_is_left_out_with_the_heading_over_it(source, shown):
    assert rendered(source) == shown


@given(st.lists(st.sampled_from(PIECES)))
def test_no_mark_ever_reaches_a_reader(pieces):
    assert "compléter" not in rendered("".join(pieces))


@pytest.mark.parametrize(
    "typed",
    [
        "[à compléter: un]",
        "[À compléter&nbsp;: un]",
        "<em>[À compléter\u202f:\u00a0un ]</em>",
        "[À&nbsp;compléter : un]",
    ],
)
def test_marks_are_found_however_they_were_typed(typed):
    assert to_complete(f"<p>{typed}</p>") == ["un"]


def test_a_mark_that_is_cut_in_two_by_bold_type_is_found_too():
    source = "<p>[À compléter : <strong>un</strong>]</p><p>Deux.</p>"

    assert to_complete(source) == ["un"]
    assert rendered(source) == "<p>Deux.</p>"


def test_a_text_too_tangled_to_read_asks_for_nothing():
    assert to_complete("<div>" * 500 + MARK) == []


@pytest.mark.parametrize("slug", SLUGS)
def test_the_first_texts_are_whole_and_say_nothing_unfinished_to_readers(slug):
    text = first_text(slug)

    html = rendered(text["body"])

    assert all(text[name] for name in ("title", "description", "lead", "body"))
    assert len(text["description"]) <= 200
    assert "compléter" not in html
    assert "{domain}" not in text["body"]
    assert html.count("<h2>") >= 3


@pytest.mark.parametrize("slug", ["mentions-legales", "donnees-personnelles", "qui-sommes-nous", "accessibilite"])
def test_the_first_texts_name_what_only_the_publisher_knows(slug):
    assert to_complete(first_text(slug)["body"])
