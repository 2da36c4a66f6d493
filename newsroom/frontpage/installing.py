"""The site on a home screen: its name, its icons, where it opens, what a long press offers."""

from typing import Any, Final

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

# The tokens --paper and --brand of site.css, in light.
PAPER: Final = "#fdfcf9"
BRAND: Final = "#0b5d4e"
LONGEST_SHORT_NAME: Final = 12


def manifest_of_site() -> dict[str, Any]:
    """Return the web manifest as a plain value."""
    name = settings.SITE_NAME
    return {
        "id": "/",
        "name": name,
        "short_name": name if len(name) <= LONGEST_SHORT_NAME else name[:LONGEST_SHORT_NAME].rstrip(),
        "description": settings.SITE_TAGLINE,
        "lang": "fr",
        "dir": "ltr",
        "start_url": reverse("frontpage:home"),
        "scope": "/",
        # With the browser's own bar: readers share addresses and go back.
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": BRAND,
        "categories": ["news", "medical"],
        "icons": [
            _icon("icon-192.png", "192x192"),
            _icon("icon-512.png", "512x512"),
            _icon("icon-maskable-512.png", "512x512", purpose="maskable"),
            {"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
        "shortcuts": [
            {"name": _("News"), "url": reverse("articles:list")},
            {"name": _("Debates"), "url": reverse("debates:list")},
            {"name": _("Search"), "url": reverse("frontpage:search")},
        ],
    }


def _icon(name: str, sizes: str, purpose: str = "any") -> dict[str, str]:
    return {"src": static(f"img/{name}"), "sizes": sizes, "type": "image/png", "purpose": purpose}
