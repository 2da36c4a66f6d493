"""What happens around every request."""

import re
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest

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
