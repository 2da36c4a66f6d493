import os
import signal
import stat
import subprocess
import sys

import kombu
import psutil
import redis as client_library

from newsroom.servers.places import ROOT, redis_place
from newsroom.servers.processes import alive, wait_until, working_in
from newsroom.servers.redis import PROCESS, EmbeddedRedis

ENSURE = """
import sys
from pathlib import Path
from newsroom.servers.places import redis_place
from newsroom.servers.redis import EmbeddedRedis
print(EmbeddedRedis(redis_place(Path(sys.argv[1]))).ensure())
"""


def connect(server):
    return client_library.Redis.from_url(server.place.url(1))


def the_process(server):
    [process] = working_in(server.place.folder, PROCESS)
    return process


def test_it_starts_once_and_stops(redis):
    assert redis.accepting() is False

    first, second = redis.ensure(), redis.ensure()

    assert (first, second) == (True, False)
    assert redis.stop() is True
    assert redis.stop() is False
    assert redis.accepting() is False


def test_it_keeps_every_write_and_forgets_nothing_to_make_room(redis):
    redis.ensure()

    with connect(redis) as client:
        values = [client.config_get(name)[name] for name in ("appendonly", "appendfsync", "maxmemory-policy")]

    assert values == ["yes", "everysec", "noeviction"]
    assert stat.S_IMODE(redis.place.socket.stat().st_mode) == 0o700


def test_a_killed_server_is_replaced_and_its_data_is_there(redis):
    redis.ensure()
    with connect(redis) as client:
        client.set("word", "œdème")
    process = the_process(redis)
    process.kill()
    assert wait_until(lambda: not alive(process.pid), 5)

    assert redis.ensure() is True

    with connect(redis) as client:
        assert client.get("word").decode() == "œdème"


def test_a_server_that_no_longer_answers_is_replaced(redis, monkeypatch):
    monkeypatch.setattr("newsroom.servers.redis.STOP_SECONDS", 0.5)
    redis.ensure()
    process = the_process(redis)
    os.kill(process.pid, signal.SIGSTOP)

    assert redis.ensure() is True

    assert not alive(process.pid)
    assert redis.accepting()


def test_two_processes_that_start_it_at_the_same_time_start_one(redis, var):
    both = [
        subprocess.Popen([sys.executable, "-c", ENSURE, str(var)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
        for _ in range(2)
    ]

    answers = sorted(process.communicate(timeout=60)[0].strip() for process in both)

    assert answers == ["False", "True"]
    assert isinstance(the_process(redis), psutil.Process)


def test_a_folder_with_spaces_and_a_very_long_name_works(open_folder, clean_up):
    var = open_folder / "à part" / ("x" * 120) / "var"
    clean_up(var)
    server = EmbeddedRedis(redis_place(var))

    server.ensure()

    with connect(server) as client, kombu.Connection(server.place.celery_url(1)) as broker:
        broker.default_channel.client.set("from", "celery")
        assert client.get("from") == b"celery"
