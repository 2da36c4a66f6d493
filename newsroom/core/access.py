"""Who may open a view: declared on every view, checked by a test that walks the whole resolver.

A view without a declaration fails ``tests/test_access.py``. Object-level rights stay in the guarded
QuerySets and in the verbs; these decorators only say who may knock.
"""

from collections.abc import Callable
from functools import wraps
from typing import NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from redis.exceptions import RedisError

from newsroom.core.addresses import client_address

type_of_view = Callable[..., HttpResponseBase]


class Access(NamedTuple):
    """What a view declares: the kind of people, and for staff the permission."""

    kind: str
    permission: str = ""


def open_to_all(view: type_of_view) -> type_of_view:
    """Declare a view that anyone may open; it must not depend on who is asking."""
    return _declared(view, Access("all"))


def for_readers(view: type_of_view) -> type_of_view:
    """Declare a view for signed-in people; others are sent to sign in and come back with their query."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return _declared(guarded, Access("readers"))


def for_staff(permission: str) -> Callable[[type_of_view], type_of_view]:
    """Declare a view for holders of ``permission`` ("app.codename"); others get 403, the signed-out sign in."""

    def declare(view: type_of_view) -> type_of_view:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return _declared(guarded, Access("staff", permission))

    return declare


def limited(kind: str) -> Callable[[type_of_view], type_of_view]:
    """Limit the POSTs of one person (or address) to ``LIMITS_PER_MINUTE[kind]``; beyond: 429 and Retry-After.

    Counted in fixed windows of a minute in the cache. With the cache away the mutation goes through: reading
    and writing must survive it (sign-in has its own limits, which fail closed).
    """

    def declare(view: type_of_view) -> type_of_view:
        @wraps(view)
        def counted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if request.method == "POST" and _is_beyond(request, kind):
                response = render(request, "429.html", {"minutes": 1}, status=429)
                response["Retry-After"] = "60"
                return response
            return view(request, *args, **kwargs)

        return counted

    return declare


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to the sign-in page, which comes back to the address asked for (a form page for a refused POST)."""
    query = urlencode({"next": request.get_full_path()})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _declared(view: type_of_view, access: Access) -> type_of_view:
    view.access = access  # type: ignore[attr-defined] # a function attribute, read by the house test
    return view


def _is_beyond(request: HttpRequest, kind: str) -> bool:
    """Count one more and say whether it passes the limit."""
    who = request.user.pk if request.user.is_authenticated else client_address(request)
    key = f"limit:{kind}:{who}"
    try:
        cache.add(key, 0, timeout=60)
        return cache.incr(key) > settings.LIMITS_PER_MINUTE[kind]
    except (OSError, ValueError, RedisError):
        return False
