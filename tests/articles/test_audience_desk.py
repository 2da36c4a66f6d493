"""How often articles are read, where editors see it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.dashboard import _most_read, dashboard_for
from newsroom.audience.marks import mark
from newsroom.audience.ranking import rank
from tests.factories.articles import ArticleFactory
from tests.factories.audience import read

pytestmark = pytest.mark.django_db


def test_an_article_s_page_carries_its_mark_and_the_same_for_everybody(client, browser_of, lea):
    article = ArticleFactory()

    pages = [browser.get(article.get_absolute_url()).content.decode() for browser in (client, browser_of(lea))]

    assert all(f'data-view="{mark(article.pk)}" data-view-to="/audience/vue/"' in page for page in pages)


def test_a_preview_is_not_counted(browser_of, editor):
    article = ArticleFactory()

    assert "data-view" not in browser_of(editor).get(article.get_preview_url()).content.decode()


def test_other_pages_carry_no_mark(client):
    assert "data-view" not in client.get("/articles/").content.decode()


def test_the_desk_shows_the_figures_of_an_article_drawn_and_as_a_table(browser_of, editor):
    article = ArticleFactory()
    read(article.pk, 7)
    read(article.pk, 3, ago=timedelta(days=4))

    page = browser_of(editor).get(f"/admin/redaction/articles/{article.pk}/audience/").content.decode()

    assert "<strong>7</strong> aujourd’hui" in page
    assert "<strong>10</strong> en 7 jours" in page
    assert page.count("<rect") == 30 + 48
    assert page.count("<td>7</td>") == 2
    assert "style=" not in page.partition('id="content"')[2]


@pytest.mark.parametrize("hours", [1, 3])
def test_the_desk_s_page_costs_the_same_whatever_was_read(browser_of, editor, hours):
    browser, article = browser_of(editor), ArticleFactory()
    address = f"/admin/redaction/articles/{article.pk}/audience/"
    with CaptureQueriesContext(connection) as unread:
        browser.get(address)
    for hour in range(hours):
        read(article.pk, 1, ago=timedelta(hours=hour))

    with CaptureQueriesContext(connection) as queries:
        browser.get(address)

    assert len(queries) == len(unread)


def test_readers_do_not_see_figures(client, browser_of, lea):
    article = ArticleFactory()
    address = f"/admin/redaction/articles/{article.pk}/audience/"

    assert client.get(address).status_code == 302
    assert browser_of(lea).get(address).status_code == 403


def test_an_article_s_form_names_its_figures(browser_of, editor):
    article = ArticleFactory()
    read(article.pk, 1)

    page = browser_of(editor).get(f"/admin/articles/article/{article.pk}/change/").content.decode()

    assert f'href="/admin/redaction/articles/{article.pk}/audience/"' in page
    assert "1 vue aujourd’hui" in page


def test_the_dashboard_names_what_is_read_most_of_what_readers_see(editor):
    seen, unpublished, alone = ArticleFactory(), ArticleFactory(status="unpublished"), ArticleFactory()
    read(unpublished.pk, 9)
    read(alone.pk, 2)
    read(seen.pk, 5)
    read(99_999_999, 50)
    rank()

    board = dashboard_for(editor)

    assert [(row.article, row.views) for row in board.most_read] == [(seen, 5), (alone, 2)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_dashboard_s_list_costs_two_queries(editor, number):
    for _one in range(number):
        read(ArticleFactory().pk)
    rank()

    with CaptureQueriesContext(connection) as queries:
        assert len(_most_read()) == number

    assert len(queries) == 2
