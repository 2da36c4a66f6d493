"""One site at a time in a checkout: a lock that ends with its holder, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from newsroom.servers.processes import alive, wait_until
from newsroom.servers.troubles import ServerTrouble

CLEANING_SECONDS = 30.0
"""What the guardian of a killed site needs at most."""


@contextlib.contextmanager
def only_one(path: Path, port: int) -> Iterator[int]:
    """Hold the lock file `path` and answer its descriptor; the file names our process and port.

    Raises ServerTrouble when a site is running. Waits for the cleaning after one that was killed.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if not _take(handle):
            pid, taken_port = _holder(path)
            if alive(pid) or not wait_until(lambda: _take(handle), CLEANING_SECONDS):
                message = (
                    f"Le site tourne déjà dans ce dossier "
                    f"(processus {pid}, http://127.0.0.1:{taken_port}) : arrêtez-le d’abord."
                )
                raise ServerTrouble(message)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()} {port}\n".encode(), 0)
        yield handle
    finally:
        os.close(handle)


def _take(handle: int) -> bool:
    """Try to get the lock; answer whether we have it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _holder(path: Path) -> tuple[int, int]:
    """Answer who holds the lock: process and port, as written in the file."""
    try:
        pid, port = path.read_text().split()
        return int(pid), int(port)
    except (OSError, ValueError):
        return 0, 0
