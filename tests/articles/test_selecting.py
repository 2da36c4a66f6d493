import pytest
from django.core.exceptions import PermissionDenied

from articles.selecting import fill
from newsroom.core.refusals import Refusal
from tests.factories.articles import ArticleFactory, SelectionFactory


def titles(selection):
    return [item.article.title for item in selection.items.select_related("article")]


def test_a_selection_keeps_the_editors_order(chief):
    selection = SelectionFactory()
    first, second, third = ArticleFactory.create_batch(3)

    fill(selection, [third, first, second], by=chief)

    assert titles(selection) == [third.title, first.title, second.title]
    assert [item.position for item in selection.items.all()] == [1, 2, 3]


def test_filling_again_replaces_the_whole_list(chief):
    selection = SelectionFactory()
    first, second = ArticleFactory.create_batch(2)
    fill(selection, [first], by=chief)

    fill(selection, [second, second], by=chief)

    assert titles(selection) == [second.title]


def test_fourteen_articles_fit_and_fifteen_do_not(chief):
    selection = SelectionFactory()
    articles = ArticleFactory.create_batch(15)
    fill(selection, articles[:14], by=chief)

    with pytest.raises(Refusal, match="14"):
        fill(selection, articles, by=chief)

    assert selection.items.count() == 14


def test_an_editor_does_not_choose(editor):
    with pytest.raises(PermissionDenied):
        fill(SelectionFactory(), [], by=editor)
