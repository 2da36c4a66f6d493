import random
import re
import time

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.comparing import Comparison, Piece, compare_html, compare_texts
from newsroom.core.words import words_of_text


def marked(pieces):
    """The pieces as one string: +added+, -removed-, ~restyled~."""
    signs = {"same": "", "added": "+", "removed": "-", "restyled": "~"}
    return "".join(f"{signs[piece.kind]}{piece.text}{signs[piece.kind]}" for piece in pieces)


def rows(comparison):
    return [(row.kind, marked(row.old), marked(row.new)) for row in comparison.rows]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("l’hôpital", ["l’", "hôpital"]),
        ("aujourd'hui peut-être", ["aujourd’", "hui", "peut-être"]),
        ("1\u202f200 cas, 0,5 %", ["1\u202f200", "cas", ",", "0,5", "%"]),
        ("« Oui »", ["«", "Oui", "»"]),
        ("", []),
    ],
)
def test_words_are_those_of_a_french_reader(text, words):
    assert [word.key for word in words_of_text(text)] == words


def test_a_changed_word_is_shown_in_its_sentence():
    comparison = compare_texts("Le médecin prescrit 10 mg.", "Le médecin ne prescrit pas 10 mg.")

    assert rows(comparison) == [
        ("changed", "Le médecin prescrit 10 mg.", "Le médecin +ne +prescrit +pas +10 mg."),
    ]
    assert (comparison.added, comparison.removed) == (2, 0)


@pytest.mark.parametrize(("old", "new"), [("l'hôpital", "l’hôpital"), ("10 mg", "10\u00a0mg"), ("dit-il", "dit‑il")])
def test_kinds_of_apostrophes_spaces_and_hyphens_are_no_other_words_but_are_said(old, new):
    comparison = compare_html(f"<p>{old}</p>", f"<p>{new}</p>")

    assert [row.kind for row in comparison.rows] == ["restyled"]
    assert comparison.rows[0].note
    assert not comparison.is_same


def test_paragraphs_that_came_and_went_have_an_empty_side():
    comparison = compare_html("<p>Un début long.</p><p>Zut</p>", "<p>Un début long.</p><p>Autre chose ici</p>")

    assert rows(comparison) == [
        ("same", "Un début long.", "Un début long."),
        ("removed", "-Zut-", ""),
        ("added", "", "+Autre chose ici+"),
    ]
    assert (comparison.added, comparison.removed) == (3, 1)


def test_a_moved_neighbour_does_not_hide_what_changed_in_a_paragraph():
    old = "<p>Le premier paragraphe parle de vaccins.</p><p>Le second parle de grippe et de fièvre.</p>"
    new = "<p>Nouveau.</p><p>Le second parle de grippe et de toux.</p>"

    comparison = compare_html(old, new)

    assert ("changed", "Le second parle de grippe et de -fièvre-.", "Le second parle de grippe et de +toux+.") in rows(
        comparison
    )


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("<p>un mot</p>", "<p>un <strong>mot</strong></p>", "gras|bold"),
        ("<p>un <i>mot</i></p>", "<p>un <i><b>mot</b></i></p>", "gras|bold"),
        ("<p>un <a href='/a'>mot</a></p>", "<p>un <a href='/b'>mot</a></p>", "/b"),
        ("<p>un <b>mot</b></p>", "<p>un mot</p>", "sans mise en forme|plain"),
        ("<figure><img src='/a' alt='x'></figure>", "<figure><img src='/a' alt='y'></figure>", "y"),
        ("<figure><img src='/a' alt='x'></figure>", "<figure><img src='/a'></figure>", "sans|no "),
    ],
)
def test_a_change_of_setting_alone_is_said_in_words(old, new, note):
    comparison = compare_html(old, new)

    (row,) = comparison.rows
    assert row.kind == "restyled"
    assert re.search(note, next(piece.note for piece in row.new if piece.kind == "restyled"))
    assert (comparison.added, comparison.removed) == (0, 0)
    assert not comparison.is_same


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<h2>Titre</h2>", "<p>Titre</p>"),
        ("<p>Titre</p>", "<blockquote><p>Titre</p></blockquote>"),
        ("<p>Titre</p>", "<ul><li>Titre</li></ul>"),
    ],
)
def test_a_block_that_became_another_kind_of_block_says_so(old, new):
    (row,) = compare_html(old, new).rows

    assert row.kind == "restyled"
    assert row.is_relabelled


def test_rows_of_tables_items_and_embeds_are_compared_one_by_one():
    table = "<table><tbody><tr><td>Dose</td><td>{}</td></tr><tr><td>x</td><td>y</td></tr></tbody></table>"
    old = (
        table.format("10")
        + "<ul><li>un</li><li>deux</li></ul><figure><oembed url='https://a.example/1'></oembed></figure>"
    )
    new = (
        table.format("20")
        + "<ul><li>un</li><li>deux fois</li></ul><figure><oembed url='https://a.example/2'></oembed></figure>"
    )

    assert rows(compare_html(old, new)) == [
        ("changed", "Dose | -10-", "Dose | +20+"),
        ("same", "x | y", "x | y"),
        ("same", "un", "un"),
        ("changed", "deux", "deux +fois+"),
        ("changed", "-[https://a.example/1] -", "+[https://a.example/2] +"),
    ]


def test_long_unchanged_stretches_are_folded_with_their_count():
    same = "".join(f"<p>passage {at}</p>" for at in range(10))

    comparison = compare_html(f"{same}<p>fin une</p>", f"{same}<p>fin deux</p>")

    assert [(row.kind, row.count) for row in comparison.rows] == [("folded", 9), ("same", 0), ("changed", 0)]


def test_equal_texts_are_the_same_however_long():
    assert compare_html("<p>a</p>" * 9, "<p>a</p>" * 9).is_same
    assert compare_texts("", "").is_same
    assert compare_texts("", "") == Comparison()


@given(st.text(), st.text())
def test_each_column_holds_all_words_of_its_version(old, new):
    comparison = compare_texts(old, new)
    shown = [row for row in comparison.rows if row.kind != "folded"]

    for side, text in (("old", old), ("new", new)):
        words = [word.key for row in shown for piece in getattr(row, side) for word in words_of_text(piece.text)]
        if len(shown) == len(comparison.rows):
            assert words == [word.key for word in words_of_text(text)]


MARKUP = st.lists(
    st.sampled_from(["<p>", "</p>", "<ul><li>", "</ul>", "<b>", "a ", "b ", "<td>", "<br>", "&amp;"]), max_size=12
)


@given(MARKUP.map("".join), MARKUP.map("".join))
def test_any_two_bodies_can_be_compared_and_only_equal_ones_are_the_same(old, new):
    assert compare_html(old, old).is_same
    assert all(isinstance(piece, Piece) for row in compare_html(old, new).rows for piece in (*row.old, *row.new))


def test_what_nobody_writes_is_compared_as_it_stands():
    assert not compare_html("<b>" * 100, "<b>" * 101).is_same


def book(seed):
    chosen = random.Random(seed)  # noqa: S311 - a text, no secret
    words = [f"mot{at}" for at in range(4000)]
    weights = [1 / (at + 1) for at in range(4000)]
    return "".join(f"<p>{' '.join(chosen.choices(words, weights, k=60))}</p>" for _ in range(833))


@pytest.mark.parametrize("changed", [lambda text: re.sub(r"mot[123]\b", r"\g<0>x", text), lambda _text: book(2)])
def test_fifty_thousand_words_take_a_moment(changed):
    old = book(1)
    began = time.process_time()

    compare_html(old, changed(old))

    assert time.process_time() - began < 30


def test_the_table_says_every_change_without_colour():
    same = "".join(f"<p>passage {at}</p>" for at in range(5))
    comparison = compare_html(
        f"{same}<p>un mot de plus &amp; &lt;b&gt;</p><h2>a</h2>",
        f"{same}<p>un <b>mot</b> de trop &amp; &lt;b&gt;</p><p>a</p>",
    )

    html = render_to_string(
        "components/_diff.html", {"comparison": comparison, "caption": "C", "old_name": "A", "new_name": "B"}
    )

    assert re.search(r'<ins><span class="diff__said">[^<]+</span>trop </ins>', html)
    assert re.search(r'<del><span class="diff__said">[^<]+</span>plus </del>', html)
    assert re.search(r'<span class="diff__restyled">mot <span class="diff__note">[^<]+</span></span>', html)
    assert "&lt;b&gt;" in html
    assert html.count("<tr") == html.count("</tr>") == 5
    assert 'colspan="2"' in html


def test_the_table_of_two_empty_texts_says_so():
    html = render_to_string("components/_diff.html", {"comparison": compare_texts("", ""), "caption": "C"})

    assert 'colspan="2"' in html
