"""The command lines of the site's processes."""

import sys
from importlib.util import find_spec
from pathlib import Path

from newsroom.servers.places import VAR
from newsroom.servers.preflight import HOST


def commands(port: int) -> dict[str, list[str]]:
    """Answer the processes of the site: name and command."""
    quiet = ["--no-control-socket"] if _gunicorn_has_control_socket() else []
    web = python(
        *("gunicorn", "newsroom.wsgi", "--bind", f"{HOST}:{port}", "--worker-class", "gthread"),
        *("--workers", 2, "--threads", 4, "--graceful-timeout", 5, *quiet),
        # The longest that gunicorn allows: longer addresses get its bare 400 instead of a page of the site.
        *("--limit-request-line", 8190),
        *("--max-requests", 5000, "--max-requests-jitter", 500),
    )
    celery = ("celery", "-A", "newsroom.celery")
    worker = python(*celery, "worker", "--concurrency", 2, "--loglevel", "INFO", "--without-gossip", "--without-mingle")
    beat = python(*celery, "beat", "--loglevel", "INFO", "--schedule", VAR / "beat" / "schedule")
    return {"web": web, "worker": worker, "beat": beat}


def python(module: str, *arguments: object) -> list[str]:
    """Answer the command that runs a module with this Python; scripts in `bin` break on odd paths."""
    return [sys.executable, "-m", module, *map(str, arguments)]


def _gunicorn_has_control_socket() -> bool:
    """Say whether the installed gunicorn knows the option, without importing it."""
    spec = find_spec("gunicorn")
    if not spec or not spec.origin:
        return False
    options = Path(spec.origin).with_name("config.py").read_text(encoding="utf-8")
    return "--no-control-socket" in options
