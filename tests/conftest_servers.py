"""The servers of the test suite: started before the first test, stopped after the last one. A pytest plugin.

Several pytest runs may share a checkout at the same time. Each holds a lock on `var/test` in common; whoever
can have it alone at the end is the last and stops the servers (`KEEP_SERVERS=1` leaves them). Each run takes
a place of its own, from 0 up: the first uses the usual test database, the others a numbered one each, so that
none drops another's.
"""

import contextlib
import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from newsroom.servers.ensure import ensure_servers, given, servers, stop_servers
from newsroom.servers.ownership import prepare
from newsroom.servers.places import TEST_VAR, redis_place
from newsroom.servers.troubles import ServerTrouble

PLACES = 20
"""Runs at the same time; each has ten of the embedded Redis's 256 databases."""

PLACE_VARIABLE = "OBSERVANCE_TEST_PLACE"
"""Carries the run's place to its xdist workers."""


class Handles:
    """The lock files this process holds, in common or alone."""

    def __init__(self) -> None:
        """Hold none yet."""
        self.in_use: int | None = None
        self.place: int | None = None


handles = Handles()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Start what is missing, once for all xdist workers, and move this process to its run's place."""
    if config.option.help or config.option.version or config.option.collectonly:
        return
    if not hasattr(config, "workerinput"):
        try:
            _join()
            ensure_servers(TEST_VAR, testing=True)
        except ServerTrouble as trouble:
            raise pytest.UsageError(str(trouble)) from None
    _move_to(int(os.environ.get(PLACE_VARIABLE, "0")))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave, and stop the servers when nobody else uses them."""
    if hasattr(config, "workerinput") or handles.in_use is None:
        return
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(handles.in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.environ.get("KEEP_SERVERS") != "1":
            stop_servers(servers(TEST_VAR), TEST_VAR)
    for handle in filter(None, (handles.in_use, handles.place)):
        os.close(handle)
    handles.in_use = handles.place = None


def _join() -> None:
    """Count ourselves in, waiting for a run that is just stopping the servers; take the first free place."""
    prepare(TEST_VAR)
    handles.in_use = _opened(TEST_VAR / "in-use.lock")
    fcntl.flock(handles.in_use, fcntl.LOCK_SH)
    for place in range(PLACES):
        handle = _opened(TEST_VAR / f"place-{place}.lock")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
        else:
            handles.place = handle
            os.environ[PLACE_VARIABLE] = str(place)
            return
    message = f"Déjà {PLACES} suites de tests tournent dans ce dossier : attendez la fin de l’une d’elles."
    raise ServerTrouble(message)


def _opened(path: Path) -> int:
    """Open a lock file that child processes do not inherit."""
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)


def _move_to(place: int) -> None:
    """Point this process's settings at the databases of its run's place; the first keeps the usual ones."""
    from django.conf import settings

    if not place or not settings.configured:
        return
    tests: dict[str, Any] = settings.DATABASES["default"].setdefault("TEST", {})
    tests["NAME"] = f"test_observance_{place}"
    if not given("REDIS_URL"):
        worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) % 10
        settings.REDIS_URL = redis_place(TEST_VAR).url(10 * place + worker)
        settings.CACHES["default"]["LOCATION"] = settings.REDIS_URL
