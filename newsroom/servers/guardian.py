"""Cleans up after a supervisor that was killed: `python -m newsroom.servers.guardian`, fed through its input.

The supervisor writes down what it started, one line each (`group 123`, `gone 123`, `servers /var REDIS_URL`).
When it ends the input closes, however it ended; what is still written down then is stopped here. The
supervisor's lock is inherited, so that nobody starts anew in the middle of that.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO

import psutil

from newsroom.servers.ensure import stop_servers
from newsroom.servers.places import ROOT, VAR
from newsroom.servers.processes import alive, end_processes

GRACE = 10.0
"""Seconds a process gets between SIGTERM and SIGKILL."""


def members(groups: Iterable[int]) -> list[psutil.Process]:
    """List the living processes of these process groups."""
    wanted, found = set(groups), []
    for process in psutil.process_iter():
        try:
            if os.getpgid(process.pid) in wanted and alive(process.pid):
                found.append(process)
        except (OSError, psutil.Error):
            continue
    return found


def end_groups(groups: Iterable[int]) -> None:
    """End all processes of these groups, giving them a grace before SIGKILL.

    The leaders alone are asked (SIGTERM): they see to their children, and let a task in hand be finished.
    Children whose leader is gone are asked themselves.
    """
    groups = list(groups)
    leaders = [psutil.Process(group) for group in groups if alive(group)]
    orphans = members(set(groups) - {leader.pid for leader in leaders})
    end_processes([*leaders, *orphans], grace=GRACE)
    end_processes(members(groups), grace=0, first=signal.SIGKILL)


class Guardian:
    """The supervisor's end of the line."""

    def __init__(self, lock: int) -> None:
        """Start the guardian, in a session of its own that no terminal reaches; it keeps `lock` open."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "newsroom.servers.guardian"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=(lock,),
            text=True,
        )
        self._line: IO[str] | None = self._process.stdin

    def note(self, *words: object) -> None:
        """Write something down; a guardian that is gone is no reason to stop."""
        try:
            if self._line:
                print(*words, sep="\t", file=self._line, flush=True)
        except OSError:
            self._line = None

    def dismiss(self) -> None:
        """Let it go, once everything is stopped."""
        self.note("done")
        self._process.communicate()


def watch(lines: Iterable[str]) -> None:
    """Read what was started until the input closes, then stop what is left."""
    groups: set[int] = set()
    servers: list[str] = []
    var = VAR
    for line in lines:
        match line.rstrip("\n").split("\t"):
            case ["group", number]:
                groups.add(int(number))
            case ["gone", number]:
                groups.discard(int(number))
            case ["servers", folder, *names]:
                var, servers = Path(folder), names
            case ["done"]:
                return
    end_groups(groups)
    stop_servers(servers, var)


if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    watch(sys.stdin)
