"""Putting articles forward in one step, as imports and the demo do."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from articles.curating.composing import begin
from articles.models import Article
from articles.selecting import fill, put_last
from articles.showing import shown_of
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, SelectionFactory
from tests.factories.selections import EditionFactory


def titles(selection):
    return [article.title for article in shown_of(selection, Article.objects.all())]


def test_a_selection_keeps_the_editors_order(chief):
    selection = SelectionFactory()
    first, second, third = ArticleFactory.create_batch(3)

    fill(selection, [third, first, second], by=chief)

    assert titles(selection) == [third.title, first.title, second.title]


def test_filling_again_shows_another_edition_and_keeps_the_one_before(chief):
    selection = SelectionFactory()
    first, second = ArticleFactory.create_batch(2)
    fill(selection, [first], by=chief)

    fill(selection, [second, second], by=chief)

    assert titles(selection) == [second.title]
    assert [edition.number for edition in selection.editions.past_at()] == [1]
    assert selection.editions.get(number=2).published_by == chief
    assert Event.objects.filter(kind__contains="SelectionChanged").count() == 2


def test_what_an_editor_composes_stays_and_comes_after(chief):
    selection = SelectionFactory()
    composed = begin(selection, chief)

    fill(selection, [ArticleFactory()], by=chief)

    composed.refresh_from_db()
    assert (composed.number, composed.is_composed) == (2, True)
    assert [edition.number for edition in selection.editions.shown_at()] == [1]


def test_fourteen_articles_fit_and_fifteen_do_not(chief):
    selection = SelectionFactory()
    articles = ArticleFactory.create_batch(15)
    fill(selection, articles[:14], by=chief)

    with pytest.raises(Refusal, match="14"):
        fill(selection, articles, by=chief)

    assert len(titles(selection)) == 14


def test_an_editor_does_not_choose(editor):
    with pytest.raises(PermissionDenied):
        fill(SelectionFactory(), [], by=editor)


@pytest.mark.parametrize("is_partner", [False, True])
def test_paid_content_belongs_to_partners_selections_alone(chief, is_partner):
    selection = SelectionFactory(is_partner=is_partner)
    paid = ArticleFactory(title="Payé", sponsor="Laboratoire")

    if is_partner:
        fill(selection, [paid], by=chief)
        assert titles(selection) == ["Payé"]
    else:
        with pytest.raises(Refusal, match="« Payé »"):
            fill(selection, [paid], by=chief)


@pytest.mark.django_db
class TestImports:
    def put(self, selection, article):
        with transaction.atomic():
            return put_last(selection, article)

    def test_an_imported_story_comes_last_once_and_makes_no_edition_of_its_own(self):
        selection = SelectionFactory()
        first, second = ArticleFactory.create_batch(2)

        assert [self.put(selection, one) for one in (first, second, first)] == [True, True, True]
        assert titles(selection) == [first.title, second.title]
        assert selection.editions.get().version == 2

    def test_a_full_selection_takes_no_more(self):
        selection = EditionFactory(articles=ArticleFactory.create_batch(14)).selection
        before = titles(selection)

        assert self.put(selection, ArticleFactory()) is False
        assert titles(selection) == before

    def test_a_paid_story_stays_out_of_the_newsrooms_own(self):
        selection = SelectionFactory()

        assert self.put(selection, ArticleFactory(sponsor="Laboratoire")) is False
        assert titles(selection) == []
