"""The one place that decides where a request comes from."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the client's address: the peer's, or behind N of our own proxies (``PROXIES``) the N-th from the right.

    What a client writes further left in X-Forwarded-For is never believed.
    """
    peer = request.META.get("REMOTE_ADDR", "")
    if not settings.PROXIES:
        return str(peer)
    forwarded = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    return forwarded[-settings.PROXIES] if len(forwarded) >= settings.PROXIES else str(peer)
