"""What an unchecked form says, and a content as a form says it."""

from datetime import UTC, datetime

import pytest
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from articles.contents import BYLINE, REFERENCE
from articles.forms.typed import BESIDE, fields_of, is_of_content, resumed_fields, typed_content
from newsroom.core.rendering import normalised
from tests.factories.articles import DraftFactory
from tests.factories.desk import rows, typed


def sent(**fields):
    """Return what a form sends, as Django reads it."""
    given = typed(**fields)
    return MultiValueDict({name: value if isinstance(value, list) else [str(value)] for name, value in given.items()})


def test_a_form_is_read_as_it_stands():
    content = typed_content(
        sent(
            title="Vaccins",
            is_clinical="on",
            audio_seconds="90",
            image="7",
            specialties=["3", "1", "3"],
            tags="prévention, désert  médical, ",
            review_by="24/11/2027",
        )
    )

    assert (content["title"], content["is_clinical"], content["needs_legal_review"]) == ("Vaccins", True, False)
    assert (content["audio_seconds"], content["image"], content["poll"]) == (90, 7, None)
    assert (content["specialties"], content["tags"]) == ([1, 3], ["désert médical", "prévention"])
    assert content["review_by"] == "2027-11-24"
    assert "audio" not in content


def test_rows_come_in_the_order_of_their_places_without_those_that_are_deleted_or_empty():
    content = typed_content(
        sent(
            **rows(
                "bylines",
                {"position": "2", "author": "5", "role": ""},
                {"position": "1", "author": "", "affiliation": "CHU de Lille"},
                {"position": "3", "author": "6", "DELETE": "on"},
                {"position": "4", "author": ""},
            )
        )
    )

    assert [(row["author"], row["affiliation"]) for row in content["bylines"]] == [(None, "CHU de Lille"), (5, "")]


@pytest.mark.parametrize("word", ["abc", "-1", "9" * 400, "١", "1e3"])
def test_what_is_no_value_of_its_field_is_left_out(word):
    content = typed_content(
        sent(
            image=word,
            specialties=[word, "2"],
            review_by=word,
            published_at_0=word,
            **{"bylines-TOTAL_FORMS": word, "references-TOTAL_FORMS": word},
        )
    )

    assert (content["image"], content["specialties"], content["bylines"]) == (None, [2], [])
    assert "review_by" not in content
    assert "published_at" not in content.get(BESIDE, {})


def test_signs_that_no_database_stores_are_taken_out_of_texts_and_rows():
    content = typed_content(
        sent(
            title="Un\0 titre\ud800",
            tags="thè\0me",
            **rows("references", {"position": 1, "text": "Étude\0 \udfff", "doi": "", "url": ""}),
        )
    )

    assert (content["title"], content["tags"], content["references"][0]["text"]) == ("Un titre", ["thème"], "Étude")


def test_more_rows_than_a_form_has_are_not_looked_for():
    content = typed_content(sent(**{"bylines-TOTAL_FORMS": "999999999", "bylines-5-author": "4"}))

    assert [row["author"] for row in content["bylines"]] == [4]


def test_what_the_form_asks_for_beside_the_content_is_kept_where_it_says_something_new(db):
    story = DraftFactory.build(slug="vaccins", published_at=datetime(2026, 3, 1, 7, 0, 0, 123, tzinfo=UTC))
    known = sent(slug="vaccins", published_at_0="01/03/2026", published_at_1="08:00:00")
    other = sent(
        slug="autre",
        published_at_0="02/03/2026",
        published_at_1="08:00",
        **rows("corrections", {"kind": "figure", "text": "La dose était fausse."}),
    )

    assert BESIDE not in typed_content(known, story)
    beside = typed_content(other, story)[BESIDE]
    assert beside == {
        "slug": "autre",
        "published_at": "2026-03-02T08:00:00+01:00",
        "corrections": [{"kind": "figure", "text": "La dose était fausse."}],
    }
    assert resumed_fields({BESIDE: beside}) == {"slug": "autre", "published_at": datetime(2026, 3, 2, 7, tzinfo=UTC)}


def test_a_date_that_was_emptied_comes_back_empty(db):
    story = DraftFactory.build(slug="vaccins", published_at=datetime(2026, 3, 1, 7, tzinfo=UTC))

    beside = typed_content(sent(slug="vaccins", published_at_0="", published_at_1=""), story)[BESIDE]

    assert resumed_fields({BESIDE: beside}) == {"published_at": None}


def test_which_fields_are_of_the_content():
    assert all(
        is_of_content(name) for name in ("title", "body", "tags", "poll", "bylines-0-role", "references-TOTAL_FORMS")
    )
    assert not any(is_of_content(name) for name in ("slug", "base", "form_key", "published_at_0", "corrections-0-text"))


text = st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=40).map(normalised)
number = st.integers(min_value=1, max_value=10**12)
contents = st.fixed_dictionaries(
    {
        "title": text,
        "body": text,
        "format": st.sampled_from(["news", "podcast"]),
        "is_clinical": st.booleans(),
        "audio_seconds": st.integers(min_value=0, max_value=2**31 - 1),
        "image": st.none() | number,
        "review_by": st.none() | st.dates().map(lambda day: day.isoformat()),
        "specialties": st.lists(number, unique=True).map(sorted),
        "tags": st.lists(st.from_regex(r"[a-zé]{1,8}( [a-z]{1,5})?", fullmatch=True), unique=True).map(sorted),
        "bylines": st.lists(st.fixed_dictionaries({"author": number, **dict.fromkeys(BYLINE, text)}), max_size=12),
        "references": st.lists(
            st.fixed_dictionaries(dict.fromkeys(REFERENCE, text)).filter(lambda row: any(row.values())), max_size=12
        ),
    }
)


@given(contents)
def test_a_content_put_into_a_form_and_read_again_is_the_same(content):
    read = typed_content(fields_of(content))

    assert {name: read[name] for name in content} == content
