"""The workflow's moves from a terminal."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from articles import batching
from articles.models import Article
from articles.models.kinds import Status
from tests.factories.articles import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db


def moved(act, *articles, by, **options):
    """Run the command; return its lines and its exit status."""
    out, slugs = StringIO(), [getattr(one, "slug", one) for one in articles]
    try:
        call_command("move_articles", act, *slugs, by=by, stdout=out, **options)
    except CommandError as error:
        return out.getvalue().splitlines(), error.returncode
    return out.getvalue().splitlines(), 0


def states(*articles):
    return [Article.objects.get(pk=article.pk).status for article in articles]


def test_each_article_is_moved_as_by_its_button(chief):
    first, second = DraftFactory(), DraftFactory()

    lines, status = moved("publish", first, second, first, by=chief.email.upper())

    assert status == 0
    assert [line.split()[:2] for line in lines] == [[first.slug, "Fait"], [second.slug, "Fait"]]
    assert states(first, second) == [Status.PUBLISHED, Status.PUBLISHED]


def test_what_is_refused_says_why_and_keeps_none_of_the_others(chief):
    unsigned, ready = DraftFactory(signed_by=[]), DraftFactory()

    lines, status = moved("publish", unsigned, "nulle-part", ready, by=chief.email)

    assert status == 1
    assert "un auteur" in lines[0]
    assert lines[1].split()[:2] == ["nulle-part", "Refusé"]
    assert states(unsigned, ready) == [Status.DRAFT, Status.PUBLISHED]


def test_the_note_goes_along(chief):
    article = ArticleFactory()

    _lines, status = moved("unpublish", article, by=chief.email, note="Retiré à la demande de l’auteur.")

    assert status == 0
    article.refresh_from_db()
    assert article.withdrawal_notice == "Retiré à la demande de l’auteur."


def test_a_move_without_its_note_is_refused_like_its_button(chief):
    article = DraftFactory()
    moved("submit", article, by=chief.email)

    lines, status = moved("ask_changes", article, by=chief.email)

    assert (status, states(article)) == (1, [Status.REVIEW])
    assert "Refusé" in lines[0]


def test_nobody_does_more_from_a_terminal_than_at_the_desk(editor):
    article = DraftFactory()

    lines, status = moved("publish", article, by=editor.email)

    assert (status, states(article)) == (1, [Status.DRAFT])
    assert editor.get_full_name() in lines[0]


def test_what_the_database_refuses_is_told_as_well(chief, monkeypatch):
    article = DraftFactory()

    failure = DatabaseError("no room left\nDETAIL: none")

    def failing(*_args, **_options):
        raise failure

    monkeypatch.setattr(batching, "publish", failing)

    lines, status = moved("publish", article, by=chief.email)

    assert status == 1
    assert lines[0].endswith("no room left")


@pytest.mark.parametrize(("act", "by"), [("publish", "personne@exemple.test"), ("explode", None)])
def test_wrong_arguments_change_nothing(chief, act, by):
    article = DraftFactory()

    lines, status = moved(act, article, by=by or chief.email)

    assert lines == []
    assert states(article) == [Status.DRAFT]
    assert status == (2 if by else 1)
