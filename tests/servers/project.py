"""A small checkout with the real supervisor and a site of three lines, to try the demo on without Django."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil

from newsroom.servers.places import ROOT
from newsroom.servers.processes import alive, wait_until

MANAGE = """
import os, sys
if os.environ.get("FAILING_COMMAND", "none") in " ".join(sys.argv):
    sys.exit("DATABASE_URL: not an address such as postgres://user@host/name.")
"""
WSGI = """
import os
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [os.environ["EMAIL_URL"].encode()]
"""
CELERY = """
from celery import Celery
from newsroom.servers.places import redis_place
app = Celery("newsroom", broker=redis_place().celery_url(1))
"""


class Project:
    """The checkout at `folder`, what runs in it, and how to run its demo."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        package = folder / "newsroom"
        shutil.copytree(ROOT / "newsroom" / "servers", package / "servers")
        (package / "settings").mkdir()
        for empty in ("__init__.py", "settings/__init__.py", "settings/dev.py", "settings/production.py"):
            (package / empty).write_text("")
        (folder / "manage.py").write_text(MANAGE)
        (package / "wsgi.py").write_text(WSGI)
        (package / "celery.py").write_text(CELERY)
        self.var.mkdir()
        self.port = free_port()
        self.started: list[subprocess.Popen[str]] = []

    @property
    def var(self) -> Path:
        return self.folder / "var"

    def run(self, module: str = "demo", **variables: object) -> subprocess.Popen[str]:
        """Start a command of the supervisor in the background."""
        process = subprocess.Popen(
            [sys.executable, "-m", f"newsroom.servers.{module}"],
            cwd=self.folder,
            env=self.environment(**variables),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self.started.append(process)
        return process

    def environment(self, **variables: object) -> dict[str, str]:
        """Answer an environment that names no server, with these variables on top."""
        ours = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder),
            "LANG": "C.UTF-8",
            "PORT": str(self.port),
        }
        return {**ours, **{name: str(value) for name, value in variables.items()}}

    def processes(self) -> list[psutil.Process]:
        """List everything at work in this checkout."""
        found = []
        for process in psutil.process_iter():
            try:
                if alive(process.pid) and Path(process.cwd()).is_relative_to(self.folder):
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        return found

    def is_quiet(self, seconds: float = 15) -> bool:
        """Wait until nothing runs here any more; answer whether that came about."""
        return wait_until(lambda: not self.processes(), seconds)

    def close(self) -> None:
        """End whatever a failed test left."""
        for process in self.processes():
            process.send_signal(signal.SIGKILL)
        for process in self.started:
            process.communicate()


def lines_until(process: subprocess.Popen[str], word: str) -> list[str]:
    """Read the output up to the line that holds `word`, which must come."""
    lines = []
    for line in process.stdout:
        lines.append(line.rstrip("\n"))
        if word in line:
            return lines
    raise AssertionError([*lines, process.stderr.read()])


def free_port() -> int:
    """Answer a port that nobody listens on."""
    with socket.socket() as attempt:
        attempt.bind(("127.0.0.1", 0))
        return attempt.getsockname()[1]
