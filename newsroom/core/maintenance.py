"""Closing the site for a while: one static page, kept as a file, answered to everybody with 503.

The page is a file so that it needs neither database nor templates, and so that a web server in front can answer it
with everything else stopped (``docs/deploy``). Its date of change is the moment at which it is expected to end:
``Retry-After`` needs nothing more than that. Announced beforehand by ``MAINTENANCE_NOTICE``, see ``announced``.
"""

import os
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.html import escape

from newsroom.core.templatetags.typo import date_long, time_fr
from newsroom.core.typography import typo_text

# Never less, in seconds: browsers and robots that come back all at once would be a second outage.
SHORTEST_WAIT = 60
# What watches over the site has to know how it is, closed or not.
OPEN_TO_WATCHERS = "/sante/"
Handler = Callable[[HttpRequest], HttpResponse]
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Notice(NamedTuple):
    """What is announced, and a name by which a browser remembers that its reader has seen it."""

    text: str
    key: str


def announced() -> Notice | None:
    """Return what ``MAINTENANCE_NOTICE`` announces; None without it and once ``MAINTENANCE_NOTICE_UNTIL`` is past."""
    text, until = settings.MAINTENANCE_NOTICE, settings.MAINTENANCE_NOTICE_UNTIL
    if not text or (until is not None and until <= timezone.now()):
        return None
    return Notice(text, sha256(text.encode()).hexdigest()[:12])


def close(until: datetime, what: str, still: str) -> Path:
    """Close the site until about ``until``; return the file that says so, whole at every moment.

    ``what`` is what is being done, ``still`` what works all the same (may be empty): sentences for readers.
    """
    file = Path(settings.MAINTENANCE_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    draft.write_text(page(until, what, still), encoding="utf-8")
    os.utime(draft, (until.timestamp(), until.timestamp()))
    draft.replace(file)
    return file


def reopen() -> bool:
    """Open the site again; say whether it was closed."""
    file = Path(settings.MAINTENANCE_FILE)
    was_closed = file.exists()
    file.unlink(missing_ok=True)
    return was_closed


def page(until: datetime, what: str, still: str) -> str:
    """Return the HTML of the page: static, with a stylesheet of its own, alike for everybody."""
    local = timezone.localtime(until)
    is_today = local.date() == timezone.localdate()
    day = "" if is_today else f" le {date_long(local)}"
    html = str(get_template("maintenance.html").template.source)  # type: ignore[attr-defined] # Django's own backend
    values = {
        "site": settings.SITE_NAME,
        "what": typo_text(what),
        "until": f"vers {time_fr(local)}{day}",
        "still": typo_text(still),
    }
    for name, text in values.items():
        html = html.replace(f"{{{name}}}", escape(text))
    return html


def maintenance(get_response: Handler) -> Handler:
    """Answer 503 with the page while the site is closed; a look at one file for each request."""

    def handle(request: HttpRequest) -> HttpResponse:
        closed = _closed(request.path)
        if closed is None:
            return get_response(request)
        html, wait = closed
        return HttpResponse(html, status=503, headers={"Retry-After": wait, "Cache-Control": "no-store"})

    return handle


def closing(application: Application) -> Application:
    """Do the same in front of the kept pages, which would be shown while the site is closed."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        closed = _closed(environ.get("PATH_INFO") or "/")
        if closed is None:
            return application(environ, start_response)
        html, wait = closed
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(html)))]
        start_response("503 Service Unavailable", [*headers, ("Retry-After", wait), ("Cache-Control", "no-store")])
        return [html]

    return answer


def _closed(path: str) -> tuple[bytes, str] | None:
    """Return the page and for how many seconds to wait; None while the site is open, and for what stays open."""
    file = str(settings.MAINTENANCE_FILE)
    try:
        until = os.stat(file).st_mtime  # noqa: PTH116 - once a request: a Path would cost more than the call
        if path.startswith((OPEN_TO_WATCHERS, settings.STATIC_URL)):
            return None
        return Path(file).read_bytes(), str(max(SHORTEST_WAIT, int(until - time())))
    except OSError:
        return None
