import re

import pytest

from newsroom.core.calls import MOST_LINKS, called_references, calls_in
from newsroom.core.rendering import plain_text, render_article

LINK = re.compile(r'<a id="([^"]+)" href="#ref-(\d+)">(\d+)</a>')


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("[1]", [(1,)]),
        ("[2,3]", [(2, 3)]),
        ("[2-4]", [(2, 3, 4)]),
        ("[1, 5–7]", [(1, 5, 6, 7)]),
        ("[3;1]", [(3, 1)]),
        ("[ 200 ]", [(200,)]),
        ("réduit de 30 % [3]", [(3,)]),
        ("[1][2]", [(1,), (2,)]),
        ("[1,1]", [(1,)]),
    ],
)
def test_numbers_in_brackets_are_calls(text, numbers):
    assert [call.numbers for call in calls_in(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        *("[2024]", "[sic]", "[0]", "[201]", "[5-3]", "[1 2]", "[]", "[1,]", "[-1]", "(1)", "[1.5]"),
        *("IC 95 % [1,2-3,4]", "(IC à 95 % : [1-4])", "l’intervalle interquartile [3-7]", "IQR [12-20]"),
        *("âge médian 45 ans [32-58]", "[1,2 – 3,4]", "médiane [4-9]"),
    ],
)
def test_years_words_and_intervals_are_no_calls(text):
    assert list(calls_in(text)) == []


def test_each_number_links_to_its_reference_and_later_calls_have_addresses_of_their_own():
    html = render_article("<p>Un [1], deux [1,2].</p><ul><li>trois [1-3]</li></ul>")

    assert LINK.findall(html) == [
        ("appel-1", "1", "1"),
        ("appel-1-2", "1", "1"),
        ("appel-2", "2", "2"),
        ("appel-1-3", "1", "1"),
        ("appel-2-2", "2", "2"),
        ("appel-3", "3", "3"),
    ]
    assert called_references(html) == {1, 2, 3}


def test_a_call_does_not_begin_a_line_and_stays_apart_from_the_word_before():
    html = render_article("<p>dose de 10 [3].</p>")

    assert html == '<p>dose de 10\u202f<sup>[<a id="appel-3" href="#ref-3">3</a>]</sup>.</p>'
    assert plain_text(html) == "dose de 10\u202f[3]."


@pytest.mark.parametrize("tag", ["code", "pre", 'a href="https://a.example/"'])
def test_brackets_in_links_and_code_are_left_alone(tag):
    end = tag.split()[0]

    assert "#ref-" not in render_article(f"<p><{tag}>[1]</{end}></p>")


def test_a_call_that_was_typed_as_a_superscript_is_not_raised_twice():
    assert render_article("<p>a<sup>[1]</sup></p>").count("<sup>") == 1


def test_an_address_on_a_page_stands_once_whatever_was_pasted():
    html = render_article('<p><a id="appel-1" href="#ref-1">1</a> <a id="appel-1" href="/x">x</a> [1]</p>')

    assert re.findall(r'id="([^"]+)"', html) == ["appel-1", "appel-1-2"]


def test_calls_beyond_what_anybody_writes_stay_text():
    html = render_article("<p>" + "[1] " * (MOST_LINKS + 10) + "</p>")

    assert html.count("<a ") == MOST_LINKS
    assert html.count("[1]") == 10
