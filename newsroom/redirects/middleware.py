"""Readers who come to an address that has changed."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.encoding import escape_uri_path, iri_to_uri

from newsroom.redirects.models import LONGEST_PATH, Redirect

Handler = Callable[[HttpRequest], HttpResponse]

# "/articles/<slug>/" has two segments; nothing of ours that moves has more than three.
DEEPEST: Final = 3
# Browsers keep a 301 for ever unless told otherwise, and would run in circles once something comes back to a
# former address.
KEPT_SECONDS: Final = 300


def redirected(get_response: Handler) -> Handler:
    """Answer 301 instead of 404 to whoever reads an address that has changed, or one below it.

    Whatever stands at an address comes first: only where nothing does is a redirect looked for, with one query. The
    query string is kept, and so is what follows the address ("/articles/old/texte/").
    """

    def handle(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_missed = response.status_code == HTTPStatus.NOT_FOUND and request.method in {"GET", "HEAD"}
        if not is_missed or _is_private(request):
            return response
        path = new_path_of(request.path_info)
        return _leading_to(request, path) if path else response

    return handle


def new_path_of(path: str) -> str:
    """Return the path that ``path`` has moved to, by the longest address at its beginning; "" for none. One query."""
    beginnings = _beginnings(path)
    rows = Redirect.objects.filter(old_path__in=beginnings)
    longest = max(rows, key=lambda row: len(row.old_path), default=None)
    return longest.new_path + path[len(longest.old_path) :] if longest else ""


def _beginnings(path: str) -> list[str]:
    """Return the addresses that ``path`` is or lies below: "/a/b" gives "/a/b", "/a/" and "/a/b/".

    None for a path with an empty segment: no address of this site has one.
    """
    if "//" in path:
        return []
    segments = path.strip("/").split("/")[:DEEPEST]
    below = ["/" + "/".join(segments[:count]) + "/" for count in range(1, len(segments) + 1)]
    return [address for address in dict.fromkeys([path, *below]) if len(address) <= LONGEST_PATH]


def _is_private(request: HttpRequest) -> bool:
    """Say whether the address belongs to the desk, where nothing moves and every address answers for itself."""
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}/")


def _leading_to(request: HttpRequest, path: str) -> HttpResponse:
    query = request.META.get("QUERY_STRING", "")
    address = escape_uri_path(path) + (f"?{iri_to_uri(query)}" if query else "")
    response = HttpResponsePermanentRedirect(address)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response
