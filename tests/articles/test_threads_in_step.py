"""Readers know of an article's thread exactly when they know of the article, whatever is done to it."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from articles.models import Article
from articles.publishing import publish, reschedule, unpublish
from articles.writing import write
from newsroom.discussions.models import Thread
from tests.factories.articles import ArticleFactory, DraftFactory

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def is_known(article):
    """Say whether readers know of the article now; its thread and both forms of the rule agree."""
    article = Article.objects.get(pk=article.pk)
    answers = {
        Article.objects.published().exists(),
        article.is_public_at(timezone.now()),
        Thread.objects.public().exists(),
        article.thread.is_public,
    }
    (answer,) = answers
    return answer


def hours_known(article, time_machine):
    """Return from which hour on, 11 to 15, readers know of the article and its thread; None for never."""
    known = []
    for hour in range(11, 16):
        time_machine.move_to(NOON.replace(hour=hour), tick=False)
        if is_known(article):
            known.append(hour)
    assert known == ([] if not known else list(range(known[0], 16)))
    return known[0] if known else None


@pytest.mark.parametrize(
    ("at", "embargo_until", "hour"),
    [
        (NOON, None, 12),
        (NOON, NOON + 2 * HOUR, 14),
        (NOON + 2 * HOUR, NOON, 14),
        (NOON + 2 * HOUR, None, 14),
        (NOON, NOON - HOUR, 12),
    ],
)
def test_a_released_article_and_its_thread_come_out_together(chief, time_machine, at, embargo_until, hour):
    time_machine.move_to(NOON - HOUR, tick=False)
    draft = DraftFactory(embargo_until=embargo_until)

    publish(draft, by=chief, at=at)

    assert hours_known(draft, time_machine) == hour


@pytest.mark.parametrize(
    ("fields", "hour"),
    [
        ({"embargo_until": NOON + 2 * HOUR}, 14),
        ({"published_at": NOON + HOUR}, 13),
        ({"embargo_until": None, "published_at": NOON - HOUR}, 11),
    ],
)
def test_a_change_of_the_calendar_takes_the_thread_along(chief, time_machine, fields, hour):
    time_machine.move_to(NOON, tick=False)
    story = ArticleFactory()
    dates = {"published_at": story.published_at, "embargo_until": None, "unpublish_at": None}

    reschedule(story, by=chief, **{**dates, **fields})

    assert hours_known(story, time_machine) == hour


def test_what_is_withdrawn_takes_its_thread_along_and_brings_it_back(chief):
    story = ArticleFactory()

    unpublish(story, by=chief)
    known_as_draft = is_known(story)
    write(story, {"title": "Un titre encore secret"}, by=chief)
    known_as_rewritten_draft = is_known(story)
    publish(story, by=chief)

    assert (known_as_draft, known_as_rewritten_draft, is_known(story)) == (False, False, True)


def test_an_end_of_publication_takes_the_thread_along_on_the_second(chief, time_machine):
    time_machine.move_to(NOON, tick=False)
    story = ArticleFactory()

    reschedule(story, by=chief, published_at=NOON, embargo_until=None, unpublish_at=NOON + HOUR)
    time_machine.move_to(NOON + HOUR - timedelta(seconds=1), tick=False)
    known_before = is_known(story)
    time_machine.move_to(NOON + HOUR, tick=False)

    assert (known_before, is_known(story)) == (True, False)


def test_the_preview_of_a_hidden_thread_neither_invites_nor_says_that_it_was_closed(editor, browser_of):
    story = ArticleFactory(embargo_until=timezone.now() + HOUR)

    page = browser_of(editor).get(story.get_preview_url()).content.decode()

    assert f"/fils/{story.thread_id}/ecrire/" not in page
    assert "Les commentaires sont fermés" not in page


@pytest.mark.django_db
def test_the_migration_shows_the_threads_of_released_articles_that_are_there():
    now = timezone.now()
    plain, embargoed = ArticleFactory(), ArticleFactory(embargo_until=now + HOUR)
    withdrawn = ArticleFactory(status="unpublished")
    Thread.objects.update(opens_at=None)

    import_module("articles.migrations.0004_thread_openings").show_threads(apps, connection.schema_editor())

    openings = dict(Thread.objects.values_list("pk", "opens_at"))
    assert openings == {
        plain.thread_id: plain.published_at,
        embargoed.thread_id: now + HOUR,
        withdrawn.thread_id: None,
    }
