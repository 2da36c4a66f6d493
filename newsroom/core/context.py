"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from newsroom.core.maintenance import announced


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the house's name, tagline and address as ``site``; nothing about who is asking."""
    del request
    return {
        "site": {
            "name": settings.SITE_NAME,
            "tagline": settings.SITE_TAGLINE,
            "url": settings.SITE_URL,
            "is_demo": settings.DEMO,
            # What is announced on every page (``maintenance.Notice``), or None.
            "notice": announced(),
        },
    }
