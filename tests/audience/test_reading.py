"""What is read most, and the figures of one article."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.audience.charts import HEIGHT, WIDTH, bars
from newsroom.audience.models import MostRead
from newsroom.audience.ranking import KEPT, rank
from newsroom.audience.reading import (
    DAY,
    WEEK,
    days_of,
    figures_of,
    hours_of,
    most_read,
    most_read_with_views,
)
from tests.factories.audience import read

pytestmark = pytest.mark.django_db


def test_the_most_read_of_a_day_and_of_a_week_differ():
    read(1, 5)
    read(2, 3)
    read(2, 4, ago=timedelta(hours=30))
    read(3, 9, ago=timedelta(days=6))
    read(4, 99, ago=timedelta(days=9))

    rank()

    assert most_read(DAY, 10) == [1, 2]
    assert most_read(WEEK, 10) == [3, 2, 1]
    assert most_read_with_views(WEEK, 2) == [(3, 9), (2, 7)]


def test_a_span_counts_each_hour_in_it_once():
    for ago in range(0, 200, 7):
        read(1, 1, ago=timedelta(hours=ago))

    rank()

    # To the hour: the one that the span begins in counts whole.
    in_week = len([ago for ago in range(0, 200, 7) if ago <= 168])
    assert most_read_with_views(WEEK, 1) == [(1, in_week)]
    assert most_read_with_views(DAY, 1) == [(1, 4)]


def test_among_equals_the_newest_article_comes_first():
    for article_id in (5, 9, 7):
        read(article_id, 2)

    rank()

    assert most_read(DAY, 3) == [9, 7, 5]


def test_a_list_made_anew_forgets_the_places_it_no_longer_has():
    for article_id in (1, 2, 3):
        read(article_id, article_id, ago=timedelta(hours=1))
    rank()
    MostRead.objects.create(span=24, position=4, article_id=99, views=1)

    rank()

    assert most_read(DAY, 10) == [3, 2, 1]


def test_a_list_has_so_many_places():
    for article_id in range(1, KEPT + 10):
        read(article_id)

    rank()

    assert len(most_read(DAY, 1000)) == KEPT


def test_nothing_read_is_an_empty_list():
    rank()

    assert most_read(DAY, 10) == []


def test_another_span_is_refused():
    with pytest.raises(ValueError, match="not for"):
        most_read(timedelta(hours=3), 10)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_is_one_query(number, django_assert_num_queries):
    for article_id in range(1, number + 1):
        read(article_id)
    rank()

    with django_assert_num_queries(1):
        assert len(most_read(DAY, 10)) == number


def test_the_figures_of_an_article_are_one_query(django_assert_num_queries):
    read(1, 2)
    read(1, 3, ago=timedelta(days=3))
    read(1, 5, ago=timedelta(days=30))
    read(2, 50)

    with django_assert_num_queries(1):
        figures = figures_of(1)

    assert (figures.today, figures.week, figures.ever) == (2, 5, 10)
    assert figures_of(3).ever == 0


def test_days_and_hours_without_readers_are_there():
    read(1, 2)
    read(1, 3, ago=timedelta(hours=2))

    days, hours = days_of(1, 30), hours_of(1, 48)

    assert len(days) == 30
    assert days[-1][0] == timezone.localdate()
    assert sum(views for _day, views in days) == 5
    assert len(hours) == 48
    assert [views for _hour, views in hours][-3:] == [3, 0, 2]


def test_bars_fill_the_chart_and_every_reader_is_seen():
    drawn = bars([(timezone.localdate(), views) for views in (0, 1, 1000)])

    assert [bar.height for bar in drawn] == [0, 1, HEIGHT]
    assert all(bar.y + bar.height == HEIGHT for bar in drawn)
    assert drawn[-1].x + drawn[-1].width <= WIDTH


def test_a_chart_of_nothing_is_flat():
    assert bars([]) == []
    assert [bar.height for bar in bars([(timezone.localdate(), 0)])] == [0]
