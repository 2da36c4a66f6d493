"""For whom a source says that a text is: never for more people than it says."""

import dataclasses

import pytest

from articles.importing.checking import checked
from articles.importing.items import Flaw, SourceItem
from articles.importing.taking import take
from articles.models import Article

pytestmark = pytest.mark.django_db
ITEM = SourceItem(source_id="un", title="Un titre", html="<p>Texte.</p>")


def test_a_restricted_story_is_taken_as_one():
    take(dataclasses.replace(ITEM, audience="registered"))

    assert Article.objects.get().is_restricted


def test_what_an_editor_has_restricted_stays_so_when_the_source_changes():
    take(ITEM)
    Article.objects.update(audience=Article.Audience.PROFESSIONALS)

    take(dataclasses.replace(ITEM, html="<p>Texte neuf.</p>"))

    story = Article.objects.get()
    assert "neuf" in story.body
    assert story.is_for_professionals


def test_an_audience_that_nobody_knows_keeps_an_item_out():
    flaw = checked({"title": "Un titre", "source_id": "un", "audience": "abonnés"}, number=1)

    assert isinstance(flaw, Flaw)
    assert "public que ce site ne connaît pas" in flaw.reason
    assert checked({"title": "Un titre", "source_id": "un"}, number=1).audience == "public"


def test_a_story_for_everybody_has_the_digest_that_it_had():
    assert ITEM.digest != dataclasses.replace(ITEM, audience="registered").digest
