"""Every view is written down once, whichever step a worker dies in."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from newsroom.audience import gathering
from newsroom.audience.counters import BATCH, COUNTING, TAKEN, counters
from newsroom.audience.counting import count
from newsroom.audience.gathering import gather, write
from newsroom.audience.models import ViewsInDay, ViewsInHour, WrittenBatch
from newsroom.audience.thinning import thin

pytestmark = pytest.mark.django_db


class KilledError(BaseException):
    """What a killed worker leaves undone, without the process dying."""


def die(*_arguments, **_named):
    raise KilledError


def read(article_id, times):
    for _time in range(times):
        count(article_id, address="192.0.2.1")


def written():
    hours = Counter()
    for article_id, views in ViewsInHour.objects.values_list("article_id", "views"):
        hours[article_id] += views
    days = Counter(dict(ViewsInDay.objects.values_list("article_id", "views")))
    assert hours == days
    return dict(hours)


def test_what_was_counted_is_added_to_the_hour_and_the_day():
    read(1, 3)
    read(2, 1)
    assert gather() == 4
    read(1, 2)
    assert gather() == 2

    assert written() == {1: 5, 2: 1}
    assert not counters().exists(COUNTING, TAKEN)


def test_nothing_counted_writes_nothing():
    assert gather() == 0
    assert not WrittenBatch.objects.exists()


def test_views_are_written_in_the_hour_they_were_counted_in_however_late():
    counters().hset(COUNTING, "0:5", 3)

    gather()

    assert ViewsInHour.objects.get().hour == datetime(1970, 1, 1, tzinfo=UTC)


def test_a_day_is_the_newsroom_s():
    # Eleven in the evening in UTC is the next day in Paris.
    write(uuid4(), Counter({(1, datetime(2026, 3, 1, 23, tzinfo=UTC)): 2}))

    assert ViewsInDay.objects.get().day == date(2026, 3, 2)


@pytest.mark.parametrize(
    "step",
    [
        "hsetnx",  # taken, and without an id
        "hgetall",  # taken, with its id
        "transaction",  # written, and not dropped
    ],
)
def test_a_worker_killed_in_redis_s_steps_loses_and_doubles_nothing(step, monkeypatch):
    read(1, 3)
    with monkeypatch.context() as killing:
        killing.setattr(counters(), step, die)
        with pytest.raises(KilledError):
            gather()
    read(1, 2)

    gather()

    assert written() == {1: 5}
    assert not counters().exists(COUNTING, TAKEN)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_writing_leaves_neither_the_batch_nor_half_of_it(monkeypatch):
    read(1, 3)
    with monkeypatch.context() as killing:
        killing.setattr(gathering, "_ADD_DAYS", "SELECT pg_terminate_backend(pg_backend_pid()), %s, %s, %s")
        with pytest.raises(Exception, match="terminat"):
            gather()
        connection.close()
    assert not WrittenBatch.objects.exists()
    assert not ViewsInHour.objects.exists()

    gather()

    assert written() == {1: 3}


def test_a_batch_that_stands_is_not_written_again():
    batch, views = uuid4(), Counter({(1, timezone.now().replace(minute=0, second=0, microsecond=0)): 3})

    assert [write(batch, views), write(batch, views)] == [3, 0]

    assert written() == {1: 3}


def test_a_run_that_comes_late_does_not_drop_the_next_one_s_batch(monkeypatch):
    read(1, 3)
    drop = gathering._drop

    def drop_late(batch):
        """Drop after another run has dropped the batch and taken the next one."""
        drop(batch)
        read(1, 2)
        counters().rename(COUNTING, TAKEN)
        counters().hset(TAKEN, BATCH, str(uuid4()))
        monkeypatch.setattr(gathering, "_drop", drop)
        drop(batch)

    monkeypatch.setattr(gathering, "_drop", drop_late)
    gather()
    gather()

    assert written() == {1: 5}


def test_with_redis_away_nothing_is_gathered_and_nothing_fails(settings, caplog):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert gather() == 0
    assert "views_not_gathered" in caplog.text


def test_hours_go_after_ninety_days_and_days_stay():
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    for days in (0, 89, 91):
        write(uuid4(), Counter({(1, now - timedelta(days=days)): 1}))
    WrittenBatch.objects.filter(pk=WrittenBatch.objects.first().pk).update(written_at=now - timedelta(days=31))

    thin()

    assert ViewsInHour.objects.count() == 2
    assert ViewsInDay.objects.count() == 3
    assert WrittenBatch.objects.count() == 2
