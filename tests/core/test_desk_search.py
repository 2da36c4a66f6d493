import unicodedata

import pytest
from django.db import connection

from articles.models import Author
from newsroom.core.desk_search import Words, beginning, holding
from newsroom.core.folding import folded
from newsroom.taxonomy.models import Specialty, Tag
from tests.factories.articles import AuthorFactory, SpecialtyFactory, TagFactory

pytestmark = pytest.mark.django_db

# The blocks that French texts hold: Latin with its extensions, Greek, Cyrillic, phonetic and typographic signs,
# letterlike and numeric ones, ligatures. Marks that stand on other scripts are left out.
BLOCKS = [
    (0x21, 0x483),
    (0x48A, 0x530),
    (0x1E00, 0x2000),
    (0x2010, 0x2060),
    (0x2070, 0x20D0),
    (0x2100, 0x2190),
    (0xFB00, 0xFB07),
]
UNSEEN = {"Cn", "Cc", "Zs", "Zl", "Zp"}


def folded_in_sql(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT desk_fold(%s)", [text])
        return cursor.fetchone()[0]


def test_python_and_postgresql_fold_every_sign_of_french_texts_alike():
    signs = [chr(number) for block in BLOCKS for number in range(*block)]
    words = [f"a{sign}z" for sign in signs if unicodedata.category(sign) not in UNSEEN]

    # One text, so that one question answers for all.
    pairs = zip(words, folded_in_sql("\n".join(words)).split("\n"), strict=True)

    assert [(word, sql, folded(word)) for word, sql in pairs if sql != folded(word)] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Œdème", "oedeme"),
        ("CÆCUM", "caecum"),
        ("l’hôpital", "l'hopital"),
        ("Strauß", "strauss"),
        ("État", "etat"),
        ("ﬁn", "fin"),
    ],
)
def test_words_are_folded_in_sql_as_a_french_reader_compares_them(text, expected):
    assert folded_in_sql(text) == expected == folded(text)


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("œdeme", True),
        ("OEDÈME pulm", True),
        ("monaire œ", True),
        ("l'hopital", True),
        ("", True),
        ("  ", True),
        ("oedeme cerebral", False),
        ("100 %", False),
        ("oed_me", False),
        ("\\", False),
    ],
)
def test_a_small_list_finds_what_holds_every_word_somewhere(typed, is_found):
    TagFactory(name="Œdème pulmonaire", description="À l’hôpital")

    assert holding(Tag.objects.all(), ["name", "description"], typed).exists() is is_found


def test_signs_of_patterns_are_looked_for_as_they_are():
    TagFactory(name="100 %")
    TagFactory(name="A_B\\C")
    TagFactory(name="AxB")

    assert [tag.name for tag in holding(Tag.objects.all(), ["name"], "%")] == ["100 %"]
    assert [tag.name for tag in holding(Tag.objects.all(), ["name"], "a_b\\")] == ["A_B\\C"]


def test_words_may_stand_in_different_columns_and_in_related_rows_which_may_be_missing():
    infarctus = TagFactory(name="infarctus")
    TagFactory(name="crise cardiaque", synonym_of=infarctus)

    found = holding(Tag.objects.all(), ["name", "synonym_of__name"], "cardiaque infarctus")

    assert [tag.name for tag in found] == ["crise cardiaque"]
    assert holding(Tag.objects.all(), ["name", "synonym_of__name"], "infarctus").count() == 2


@pytest.mark.parametrize(
    ("typed", "is_found"),
    [
        ("amm", True),
        ("AMMOUCHÉ marielle", True),
        ("marielle-amm", True),
        ("mouche", False),
        ("", True),
        ("—", False),
        ("ammouche x", False),
        ("& | ! :* '", False),
        ("m" * 300, False),
    ],
)
def test_a_large_list_finds_what_has_words_that_begin_like_those_typed(typed, is_found):
    AuthorFactory(name="Marielle Ammouche", role="")

    assert beginning(Author.objects.all(), Words("name", "role"), typed).exists() is is_found


def test_a_word_of_any_length_is_a_word_on_both_sides():
    AuthorFactory(name="a" * 140)

    assert beginning(Author.objects.all(), Words("name"), "a" * 130).exists()


def test_the_largest_text_has_a_vector():
    """A vector holds 1 MB; ten million signs are more than a form takes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT length(desk_words(string_agg(chr(131072 + n % 40000) || n, ' '))) FROM generate_series(1, 400000) n"
        )
        words = cursor.fetchone()[0]
        cursor.execute("SELECT length(desk_words(repeat('é', 10000000)))")
        (one_word,) = cursor.fetchone()

    assert words > 20_000
    assert one_word == 1


def test_specialties_are_found_by_the_part_of_a_name():
    SpecialtyFactory(name="Hépato-gastro-entérologie", slug="hge")
    SpecialtyFactory(name="Cardiologie", slug="cardio")

    assert [one.slug for one in holding(Specialty.objects.all(), ["name"], "enterologie")] == ["hge"]
