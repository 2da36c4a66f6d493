"""Merging two contents: what goes by itself, what a person chooses."""

import pytest

from articles.contents import content_of
from articles.reconciling import chosen, conflicts_in, reconcile
from tests.factories.articles import AuthorFactory, DraftFactory

BODY = "<p>Le début.</p><p>Le milieu.</p><p>La fin.</p>"


@pytest.fixture
def base(db):
    return content_of(DraftFactory(title="Vaccins", standfirst="Pour tous.", body=BODY))


def by_name(fields):
    return {field.name: field for field in fields}


def test_changes_to_different_fields_and_paragraphs_are_merged_without_a_question(base):
    mine = base | {"title": "Vaccins au cabinet", "body": BODY.replace("début", "commencement"), "tags": ["a", "b"]}
    theirs = base | {"kicker": "Terrain", "body": BODY.replace("fin", "conclusion"), "tags": ["c"]}

    fields = reconcile(base, mine, theirs)

    assert conflicts_in(fields) == []
    merged = chosen(fields, {}, {})
    assert (merged["title"], merged["kicker"]) == ("Vaccins au cabinet", "Terrain")
    assert merged["body"] == "<p>Le commencement.</p><p>Le milieu.</p><p>La conclusion.</p>"
    assert merged["tags"] == ["a", "b", "c"]
    named = by_name(fields)
    assert (named["title"].is_mine, named["title"].is_theirs) == (True, False)
    assert (named["kicker"].is_mine, named["kicker"].is_theirs) == (False, True)
    assert (named["body"].is_mine, named["body"].is_theirs) == (True, True)


def test_a_column_that_one_side_does_not_name_is_no_difference(base):
    theirs = base | {"kicker": "Terrain"}

    assert [field.name for field in reconcile(base, {"title": "Autre"}, theirs)] == ["title"]


def test_a_title_that_both_changed_is_chosen_or_written_anew(base):
    mine, theirs = base | {"title": "Le mien"}, base | {"title": "Le sien"}
    fields = reconcile(base, mine, theirs)

    [conflict] = conflicts_in(fields)

    assert (conflict.key, conflict.takes_both, conflict.edited) == ("title", False, "Le mien")
    assert [piece.text for row in conflict.before.rows for piece in row.new] == ["Vaccins"]
    assert chosen(fields, {"title": "mine"}, {})["title"] == "Le mien"
    assert chosen(fields, {"title": "theirs"}, {})["title"] == "Le sien"
    assert chosen(fields, {"title": "edited"}, {"title": "Le nôtre"})["title"] == "Le nôtre"
    assert chosen(fields, {}, {})["title"] == "Le mien"


def test_a_choice_among_things_is_not_written_anew(base):
    mine, theirs = base | {"format": "podcast", "audio": "a.mp3"}, base | {"format": "interview", "audio": "b.mp3"}

    fields = reconcile(base, mine, theirs)

    assert [conflict.edited for conflict in conflicts_in(fields)] == [None, None]
    assert chosen(fields, {"format": "edited"}, {"format": "rien"})["format"] == "podcast"


def test_each_passage_of_the_body_is_chosen_by_itself(base):
    mine = base | {"body": "<p>Mon début.</p><p>Le milieu.</p><p>Ma fin.</p>"}
    theirs = base | {"body": "<p>Son début.</p><p>Le milieu.</p><p>Sa fin.</p>"}
    fields = reconcile(base, mine, theirs)

    first, last = conflicts_in(fields)

    assert (first.takes_both, first.is_html, first.edited) == (True, True, "<p>Mon début.</p>")
    choices = {first.key: "theirs", last.key: "mine"}
    assert chosen(fields, choices, {})["body"] == "<p>Son début.</p><p>Le milieu.</p><p>Ma fin.</p>"
    written = chosen(fields, {first.key: "edited", last.key: "both"}, {first.key: "<p>Notre début.</p>"})
    assert written["body"] == "<p>Notre début.</p><p>Le milieu.</p><p>Ma fin.</p><p>Sa fin.</p>"


def test_signatures_that_both_changed_keep_both_until_somebody_chooses(base):
    signature = base["bylines"][0]
    other = {**signature, "author": AuthorFactory().pk}
    mine, theirs = base | {"bylines": [{**signature, "role": "textes"}]}, base | {"bylines": [other]}
    fields = reconcile(base, mine, theirs)

    [conflict] = conflicts_in(fields)

    assert (conflict.key, conflict.takes_both, conflict.edited) == ("bylines", True, None)
    assert chosen(fields, {"bylines": "theirs"}, {})["bylines"] == [other]
    assert {row["author"] for row in chosen(fields, {}, {})["bylines"]} == {signature["author"], other["author"]}


def test_without_the_common_version_every_difference_is_a_question(base):
    mine = base | {"title": "Le mien", "tags": ["a"], "body": "<p>Le mien.</p>"}
    theirs = base | {"tags": ["b"], "body": "<p>Le sien.</p>", "references": [{"text": "Étude.", "doi": "", "url": ""}]}

    conflicts = {conflict.key.partition("-")[0]: conflict for conflict in conflicts_in(reconcile(None, mine, theirs))}

    assert set(conflicts) == {"title", "tags", "body", "references"}
    assert conflicts["title"].before is None
