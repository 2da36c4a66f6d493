"""Queries that are written once a process answer as those that are written each time."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Article
from newsroom.core.written import KEY, MOMENT, OTHER_KEY, WORDS, Written, among_ids
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db


def test_keys_words_and_ids_are_put_in_anew():
    stories = ArticleFactory.create_batch(4)
    wanted = Written(
        lambda: Article.objects.filter(among_ids()).exclude(pk__in=[KEY]).exclude(slug=WORDS).values_list("pk")
    )
    ids = [story.pk for story in stories]

    assert wanted.rows(ids, stories[0].slug, key=ids[1]) == [(ids[2],), (ids[3],)]
    assert wanted.rows(ids[:2], "", key=ids[0]) == [(ids[1],)]


def test_two_keys_are_told_apart():
    first, second, third = ArticleFactory.create_batch(3)
    others = Written(lambda: Article.objects.exclude(pk=KEY).exclude(pk=OTHER_KEY).values_list("pk"))

    assert others.rows(key=first.pk, other_key=third.pk) == [(second.pk,)]


def test_the_moment_is_that_of_the_asking_and_so_is_what_is_reckoned_from_it():
    now = timezone.now()
    old = ArticleFactory(published_at=now - timedelta(days=40))
    new = ArticleFactory(published_at=now - timedelta(days=1))
    recent = Written(
        lambda: Article.objects.filter(
            published_at__gte=MOMENT - timedelta(days=30), published_at__lte=MOMENT
        ).values_list("pk")
    )

    assert recent.rows() == [(new.pk,)]
    assert recent.rows(now=now - timedelta(days=20)) == [(old.pk,)]


def test_it_is_one_query():
    every = Written(lambda: Article.objects.values_list("pk"))
    every.rows()

    with CaptureQueriesContext(connection) as queries:
        every.rows()

    assert len(queries) == 1
