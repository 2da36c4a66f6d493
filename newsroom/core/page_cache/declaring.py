"""How a view declares that its page is the same for everybody and may be kept whole."""

import re
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.module_loading import import_string

from newsroom.core.page_cache.purging import CLOCK
from newsroom.core.page_cache.sources import gathering, making

# Where a declared page is left for whoever keeps it, in the request's environment.
MADE: Final = "observance.page"
# Every parameter that some page reads: the others are no part of a page's address. Filled as views are imported.
PARAMETERS: set[str] = set()

# Six digits are more pages than any list has.
_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)

View = Callable[..., HttpResponse]


class Number:
    """The values that a page number takes: whole numbers from 1 up, written in one way."""

    def __contains__(self, value: object) -> bool:
        """Say whether ``value`` is such a number."""
        return isinstance(value, str) and _NUMBER.fullmatch(value) is not None


PAGE: Final = Number()


@dataclass
class Made:
    """A page that was made and may be kept: its key, what it was made from, until when it is true."""

    key: str
    names: set[str] = field(default_factory=set)
    true_until: datetime | None = None


def cached_page(*names: str, reads: dict[str, Container[str]] | None = None) -> Callable[[View], View]:
    """Declare a view whose answer depends on its path, on the parameters in ``reads`` and on stored rows alone.

    ``names`` are lists that the page shows (``articles``): it goes when they change, also by something that it did not
    show before. ``reads`` gives each parameter the values of pages that are kept (none: a page that has it is not);
    the view sees no other parameter, so that whatever else stands in an address, the page is one of a known few. Only
    a plain 200 without cookies is kept. The answer says so to caches in front: how long (``s-maxage``), and what goes
    with what (``Surrogate-Key``).
    """
    allowed = reads or {}
    PARAMETERS.update(allowed)

    def declare(view: View) -> View:
        @wraps(view)
        def made(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            if request.method not in {"GET", "HEAD"}:
                return view(request, *args, **kwargs)
            request.GET = _declared(request.GET, allowed)  # type: ignore[assignment]
            # Asked first: what is planned meanwhile purges the page that is being made.
            release = next_release()
            is_known = all(value in allowed[name] for name, value in request.GET.items())
            with gathering() as gathered, making(release, is_kept=is_known):
                response = view(request, *args, **kwargs)
            if not is_known or response.status_code != HTTPStatus.OK or response.cookies or response.streaming:
                return response
            page = Made(page_key(request), gathered | {CLOCK, *names}, release)
            request.META[MADE] = page
            _tell_caches(response, page)
            return response

        return made

    return declare


def key_of(path: str, parameters: Iterable[tuple[str, str]]) -> str:
    """Return the key of a page: its path and its parameters in one order."""
    query = "&".join(f"{name}={value}" for name, value in sorted(parameters))
    return f"{path}?{query}" if query else path


def page_key(request: HttpRequest) -> str:
    """Return the key of the page that a request asks for, by the parameters that its view sees."""
    return key_of(request.path, [(name, str(value)) for name, value in request.GET.items()])


def next_release() -> datetime | None:
    """Return the next moment at which pages change by the clock, as ``settings.PAGE_RELEASES`` knows it."""
    moment: datetime | None = import_string(settings.PAGE_RELEASES)()
    return moment


def seconds_left(page: Made, longest: float) -> float:
    """Return for how many seconds the page is true, at most ``longest``."""
    if page.true_until is None:
        return longest
    return max(0.0, min(longest, (page.true_until - timezone.now()).total_seconds()))


def _declared(given: QueryDict, allowed: Container[str]) -> QueryDict:
    """Return the parameters that the view declares, of one given twice the last, as Django has it."""
    return QueryDict(urlencode({name: str(value) for name, value in given.items() if name in allowed}))


def _tell_caches(response: HttpResponse, page: Made) -> None:
    """Say how long browsers and caches in front may keep the page; a browser asks each time, and is told 304."""
    shared = int(seconds_left(page, settings.PAGE_SHARED_SECONDS))
    emergency = int(seconds_left(page, settings.PAGE_STALE.total_seconds()))
    response["Cache-Control"] = (
        f"public, max-age=0, must-revalidate, s-maxage={shared}, "
        f"stale-while-revalidate={min(emergency, 10)}, stale-if-error={emergency}"
    )
    response["Surrogate-Key"] = " ".join(sorted(page.names))
