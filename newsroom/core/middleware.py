"""What happens around every request."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from redis.exceptions import RedisError

from newsroom.core.failures import ServerAwayError, away

log = structlog.get_logger(__name__)

MEMBER_COOKIE = "membre"
SOUND_ID = re.compile(r"^[A-Za-z0-9-]{8,64}$")
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
    """Answer 400 to a NUL in an address: PostgreSQL refuses it and the page would be a 500."""

    def handle(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("400")
        return get_response(request)

    return handle


class Outage:
    """Answers 503 where Redis or the mail server is missed; whatever else goes wrong in a view stays a 500.

    Reading, writing and voting do without either. Signing in counts its attempts in Redis and fails closed.
    A class, because Django asks only objects with ``process_exception`` about a view's exceptions.
    """

    def __init__(self, get_response: Handler) -> None:
        """Keep the next in line."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass everything on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer for a view that missed a server; None for any other exception."""
        if not isinstance(exception, RedisError | ServerAwayError):
            return None
        log.warning("server_away", path=request.path, error=repr(exception.__cause__ or exception))
        return away(request)


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
