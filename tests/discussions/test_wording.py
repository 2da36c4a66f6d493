import re

import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.rendering import COMMENT_TAGS, normalised, render_comment
from newsroom.discussions.models import LONGEST
from newsroom.discussions.wording import fault_of, tidied

# Whatever a browser can send, with more than a fair share of what breaks pages.
MARKUP = ["<script>", "</p>", "<img src=x onerror=alert(1)>", "&lt;", "&#x3c;", "<", ">", '"', "'", "<!--", "]]>"]
SIGNS = [
    "\0",
    "\x1b",
    "\u200b",
    "\u202e",
    "\u2066",
    "\ufeff",
    "\u0301",
    "\r\n",
    "\r",
    "\n",
    "\n\n",
    " ",
    "é",
    "🩺",
    "ﷺ",
]
texts = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(MARKUP + SIGNS)), max_size=30).map("".join)


@given(texts)
def test_rendered_comments_hold_no_tag_but_the_profiles(text):
    html = render_comment(tidied(text))

    tags = {tag.lower() for tag in re.findall(r"</?([a-zA-Z!][^\s/>]*)", html)}
    assert tags <= {"p", "br"} <= COMMENT_TAGS
    assert nh3.clean(html, tags=COMMENT_TAGS, attributes={}, link_rel=None) == html


@given(texts)
def test_tidying_twice_is_the_same_as_once(text):
    once = tidied(text)

    assert tidied(once) == once
    assert normalised(once) == once


@given(texts)
def test_tidied_text_has_no_control_signs_and_no_two_blank_lines(text):
    kept = tidied(text)

    assert "\0" not in kept
    assert "\r" not in kept
    assert "\n\n\n" not in kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  Bonjour.  \r\n\r\n\r\n\r\nÀ demain. ", "Bonjour.\n\nÀ demain."),
        ("a\n \u200b \n\u2060\n\n\nb", "a\n\nb"),
        ("e\u0301", "é"),
        ("a\0b", "ab"),
        ("\u200b\n\u200b", ""),
        ("\n" * 50_000, ""),
        ("a" + "\n" * 50_000 + "b", "a\n\nb"),
        ("👩\u200d⚕️ merci", "👩\u200d⚕️ merci"),
    ],
)
def test_text_is_kept_tidy(text, kept):
    assert tidied(text) == kept


def test_the_fault_of_a_text_is_told_in_a_sentence():
    assert fault_of("Bonjour.") is None
    assert fault_of("a" * LONGEST) is None
    assert str(fault_of("")) == "Écrivez votre message avant de l’envoyer."
    assert "1\N{NO-BREAK SPACE}signe\N{NO-BREAK SPACE}:" in str(fault_of("a" * (LONGEST + 1)))
    assert "12\N{NO-BREAK SPACE}signes\N{NO-BREAK SPACE}:" in str(fault_of("a" * (LONGEST + 12)))
