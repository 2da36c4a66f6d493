import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.core.folding import folded, slugged


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Œdème  aigu", "oedeme aigu"),
        ("MÉDECIN", "medecin"),
        ("l’hôpital", "l'hopital"),
        ("Cæcum", "caecum"),
    ],
)
def test_words_fold_as_a_french_reader_compares_them(text, expected):
    assert folded(text) == expected


@given(st.text())
def test_folding_is_idempotent(text):
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Etes-vous prêt à stocker des vaccins au cabinet ?", "etes-vous-pret-a-stocker-des-vaccins-au-cabinet"),
        ("HbA1c : attention aux pièges !", "hba1c-attention-aux-pieges"),
        ("…", ""),
        ("Interféron β, TNF-α", "interferon-beta-tnf-alpha"),
        ("10 µg", "10-mug"),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_address_is_made_of_folded_words(text, expected):
    assert slugged(text) == expected


@given(st.text())
def test_an_address_is_short_and_plain(text):
    slug = slugged(text, longest=40)

    assert len(slug) <= 40
    assert slug == slugged(slug, longest=40)
    assert slug.isascii()
