"""Which processes of a server are really alive, told by where they work, never by a number in a file."""

import contextlib
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import psutil

STEP = 0.02
"""Seconds between two looks."""


def alive(pid: int) -> bool:
    """Say whether `pid` runs; a zombie does not."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False


def working_in(folder: Path, name: str) -> list[psutil.Process]:
    """List the living processes called `name` whose working directory is `folder`, be it deleted since.

    A server works in its data folder, so this finds it and its children whatever their pid files say: a
    recycled pid belongs to somebody who works elsewhere. Processes that we may not look into are left out.
    """
    here = {str(folder), f"{folder} (deleted)"}
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.name() == name and alive(process.pid) and process.cwd() in here:
                found.append(process)
    return found


def wait_until(condition: Callable[[], bool], seconds: float) -> bool:
    """Look at `condition` until it holds or `seconds` have gone by; answer whether it held."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(STEP)
    return True


def end_processes(processes: Iterable[psutil.Process], *, grace: float, first: int = signal.SIGTERM) -> None:
    """Ask `processes` to end with the signal `first`; kill those still there after `grace` seconds."""
    remaining = list(processes)
    for number, patience in ((first, grace), (signal.SIGKILL, 5.0)):
        for process in remaining:
            with contextlib.suppress(psutil.Error):
                process.send_signal(number)
        remaining = _still_there(remaining, patience)


def _still_there(processes: list[psutil.Process], seconds: float) -> list[psutil.Process]:
    """Wait until `processes` have ended, `seconds` at most; answer those that have not."""
    wait_until(lambda: not any(alive(process.pid) for process in processes), seconds)
    return [process for process in processes if alive(process.pid)]
