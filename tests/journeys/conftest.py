"""Real processes on the running test's database: workers, beat, scripts; all of them ended with the test."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings

from newsroom.servers.places import redis_place
from newsroom.servers.redis import EmbeddedRedis

ROOT = Path(__file__).resolve().parents[2]


def wait_until(condition, seconds=30):
    """Return the first true answer of ``condition``; fail the test when it has none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    pytest.fail(f"nothing happened within {seconds} s")
    return None


class Stage:
    """Starts processes of the project with the journey's settings and ends them."""

    def __init__(self, redis, folder):
        self.redis = redis
        self.folder = folder
        self.environment = {}
        self.processes = []

    @property
    def variables(self):
        broker = os.environ.get("CELERY_BROKER_URL") or self.redis.place.celery_url(1)
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            "JOURNEY_DATABASE": settings.DATABASES["default"]["NAME"],
            "JOURNEY_REDIS_URL": self.redis.place.url(0),
            "JOURNEY_BROKER_URL": broker,
            "PYTHONWARNINGS": "ignore",
            **self.environment,
        }

    def start(self, *command, **variables):
        """Start a process in a group of its own; its output goes to a file that a failing test can show."""
        log = (self.folder / f"process-{len(self.processes)}.log").open("wb")
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=self.variables | variables,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()
        process.log = Path(log.name)
        self.processes.append(process)
        return process

    def run(self, *command, **variables):
        """Run a process to its end and return its exit status (negative: the signal that killed it)."""
        return self.start(*command, **variables).wait(timeout=60)

    def worker(self):
        """Start a Celery worker and wait until it is ready.

        Under a name of its own: RabbitMQ knows one of each, and may still hold that of a worker just killed.
        """
        command = ["-m", "celery", "-A", "newsroom", "worker", "-l", "INFO", "-c", "1", "--without-gossip"]
        process = self.start(*command, "-n", f"{uuid4().hex}@%h")
        wait_until(lambda: b" ready." in process.log.read_bytes())
        return process

    def beat(self):
        """Start the clock that sends periodic tasks to workers."""
        return self.start("-m", "celery", "-A", "newsroom", "beat", "-l", "INFO", "-s", str(self.folder / "beat"))

    def kill(self, process):
        """Kill a whole process group at once, as a power cut would."""
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                self.kill(process)


@pytest.fixture
def redis(tmp_path_factory):
    """A Redis of the test's own, which it may stop."""
    server = EmbeddedRedis(redis_place(tmp_path_factory.mktemp("redis")))
    server.ensure()
    yield server
    server.stop()


@pytest.fixture
def stage(redis, tmp_path):
    """The journey's processes."""
    stage = Stage(redis, tmp_path)
    yield stage
    stage.end()
    for process in stage.processes:
        # Shown by pytest when the test failed.
        print(process.args[1:], process.returncode, process.log.read_text()[-3000:], sep="\n")
