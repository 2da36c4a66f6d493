"""Whether the site says truthfully how it is."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from django.utils import timezone

from newsroom.events.models import Event
from newsroom.events.tasks import HEARTBEAT
from newsroom.frontpage.health import HEARTBEAT_IS_STALE, examine

NOWHERE = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "unix:///nowhere/redis.sock",
    },
}


def lost(execute, sql, params, many, context):
    """Fail as a query does whose connection is lost."""
    message = "secret: server closed the connection unexpectedly"
    raise OperationalError(message)


def beat(seconds_ago=1):
    cache.set(HEARTBEAT, timezone.now().timestamp() - seconds_ago, timeout=None)


@pytest.mark.django_db
def test_with_everything_there_the_site_is_ready(client):
    beat()

    response = client.get("/sante/pret")

    assert response.status_code == 200
    assert response.json() == {
        "well": True,
        "worker": True,
        "database": True,
        "redis": True,
        "worker_heartbeat_age": pytest.approx(1, abs=0.9),
        "oldest_undelivered_event_age": None,
    }
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("last", [None, HEARTBEAT_IS_STALE + 1], ids=["never seen", "silent for long"])
def test_without_a_worker_the_site_is_not_ready(client, last):
    if last:
        beat(last)

    response = client.get("/sante/pret")

    assert response.status_code == 503
    assert response.json()["worker"] is False
    assert response.json()["redis"] is True


@pytest.mark.django_db
def test_with_redis_away_the_site_is_not_ready_and_says_nothing_secret(client, settings):
    settings.CACHES = NOWHERE

    response = client.get("/sante/pret")

    assert response.status_code == 503
    assert response.json()["redis"] is False
    assert response.json()["database"] is True
    assert "nowhere" not in response.content.decode()


@pytest.mark.django_db
def test_with_the_database_away_the_site_is_not_ready_and_says_no_more(client):
    beat()

    with connection.execute_wrapper(lost):
        response = client.get("/sante/pret")

    assert response.status_code == 503
    assert response.json()["database"] is False
    assert response.json()["redis"] is True
    assert "secret" not in response.content.decode()


def test_the_process_is_alive_without_database_and_redis(client, settings):
    settings.CACHES = NOWHERE

    response = client.get("/sante/vivant")

    assert response.status_code == 200
    assert response.content == b"vivant"


@pytest.mark.django_db
def test_the_age_of_the_oldest_waiting_event_is_told():
    now = timezone.now()
    Event.objects.create(kind="x", payload={}, recorded_at=now - timedelta(minutes=2))
    Event.objects.create(kind="x", payload={}, recorded_at=now - timedelta(hours=2), delivered_at=now)
    Event.objects.create(kind="x", payload={}, recorded_at=now - timedelta(hours=2), parked_at=now)

    assert examine().oldest_undelivered_event_age == pytest.approx(120, abs=5)


@pytest.mark.django_db
def test_the_command_prints_a_table_and_succeeds_when_all_is_well(capsys):
    beat()

    call_command("check_health")

    printed = capsys.readouterr().out
    assert [line.split() for line in printed.splitlines()][:2] == [["well", "oui"], ["worker", "oui"]]


@pytest.mark.django_db
def test_the_command_fails_when_something_is_away(capsys):
    with pytest.raises(CommandError) as failure:
        call_command("check_health")

    assert failure.value.returncode == 1
    assert "worker_heartbeat_age          -\n" in capsys.readouterr().out
