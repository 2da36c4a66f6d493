"""What happens around every request."""

import re
from collections.abc import Callable
from http import HTTPStatus
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from redis.exceptions import RedisError

from newsroom.core.failures import SENSELESS, ServerAwayError, away, bad_request, senseless
from newsroom.core.faults import is_database_away

log = structlog.get_logger(__name__)

MEMBER_COOKIE = "membre"
SOUND_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
# What anything here takes; a view says itself which of them.
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
Handler = Callable[[HttpRequest], HttpResponse]


def request_id(get_response: Handler) -> Handler:
    """Give every request an id (a proxy's ``X-Request-ID`` when it looks like one), logged and answered."""

    def handle(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id_ = given if settings.PROXIES and SOUND_ID.match(given) else uuid4().hex
        request.META["REQUEST_ID"] = request_id_
        with structlog.contextvars.bound_contextvars(request_id=request_id_):
            response = get_response(request)
        response["X-Request-ID"] = request_id_
        return response

    return handle


def sound_address(get_response: Handler) -> Handler:
    """Answer 400 to a NUL, which PostgreSQL refuses, and 405 to methods that nothing here takes."""

    def handle(request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            response = senseless(request, HTTPStatus.METHOD_NOT_ALLOWED)
            response["Allow"] = ", ".join(METHODS)
            return response
        if _has_nul(request):
            return bad_request(request)
        return get_response(request)

    return handle


def _has_nul(request: HttpRequest) -> bool:
    """Say whether the address holds a NUL, or a cookie the sign that Python reads as one."""
    return (
        "\0" in request.path
        or "%00" in request.META.get("QUERY_STRING", "")
        or "\\000" in request.META.get("HTTP_COOKIE", "")
    )


def dressed(get_response: Handler) -> Handler:
    """Give the site's page to refusals that come without a word: Django's 405, a file's 416."""

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code not in SENSELESS or response.streaming or response.content:
            return response
        page = senseless(request, HTTPStatus(response.status_code))
        response.content = page.content
        response["Content-Type"] = page["Content-Type"]
        return response

    return handle


class Outage:
    """Answers 503 where the database, Redis or the mail server is missed; what else goes wrong in a view is a 500.

    Kept pages are answered without the database; reading, writing and voting do without the other two. Signing in
    counts its attempts in Redis and fails closed. A class, because Django asks only objects with
    ``process_exception`` about a view's exceptions.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass everything on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that missed a server; None for any other exception."""
        is_reading_away = is_database_away(exception)
        if not is_reading_away and not isinstance(exception, RedisError | ServerAwayError):
            return None
        log.warning("server_away", path=request.path, error=repr(exception.__cause__ or exception))
        return away(request, reading=not is_reading_away)


def member_cookie(get_response: Handler) -> Handler:
    """Keep the ``membre`` cookie in step with being signed in; it tells scripts to ask for the personal fragment.

    It holds no secret and is no proof of anything. Only answers that looked at the session may change it, so
    that public pages stay the same for everybody.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = getattr(request, "session", None)
        if session is None or not session.accessed:
            return response
        is_member = bool(session.get("_auth_user_id"))
        has_cookie = MEMBER_COOKIE in request.COOKIES
        if is_member and not has_cookie:
            response.set_cookie(
                MEMBER_COOKIE,
                "1",
                max_age=settings.SESSION_COOKIE_AGE,
                secure=settings.SESSION_COOKIE_SECURE,
                samesite="Lax",
            )
        elif has_cookie and not is_member:
            response.delete_cookie(MEMBER_COOKIE, samesite="Lax")
        return response

    return handle
