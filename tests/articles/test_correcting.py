import pytest
from django.core.exceptions import PermissionDenied

from articles.correcting import correct
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory


def test_a_correction_is_kept_and_dates_the_article(editor):
    story = ArticleFactory()

    correction = correct(story, " La dose était fausse. ", by=editor)

    story.refresh_from_db()
    assert correction.text == "La dose était fausse."
    assert story.corrected_at == correction.made_at
    assert story.corrections.get() == correction


def test_an_empty_correction_is_refused(editor):
    story = ArticleFactory()

    with pytest.raises(Refusal):
        correct(story, "  ", by=editor)

    story.refresh_from_db()
    assert story.corrected_at is None


def test_a_reader_does_not_correct(camille):
    with pytest.raises(PermissionDenied):
        correct(ArticleFactory(), "Faux.", by=camille)
