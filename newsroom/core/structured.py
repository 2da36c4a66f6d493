"""What machines read of any page: absolute addresses, the house as schema.org describes it, where a page stands.

Knows no model of ours. Plain values come out, which ``newsroom.core.rendering.data_block`` writes into a page.
"""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urljoin

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

SCHEMA: Final = "https://schema.org"
LANGUAGE: Final = "fr"
LOGO: Final = "img/icon-512.png"
LOGO_SIDE: Final = 512


def absolute(address: str) -> str:
    """Return an address of the site with its host; one that has a host stays as it is."""
    return urljoin(settings.SITE_URL, address)


def without_gaps(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` without what is not known: None, empty texts and empty lists."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}


def house() -> dict[str, Any]:
    """Return who publishes: name, logo, address, and where its rules are told (schema.org/NewsMediaOrganization)."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#maison"),
        "name": settings.SITE_NAME,
        "url": absolute("/"),
        "logo": {
            "@type": "ImageObject",
            "url": absolute(static(LOGO)),
            "width": LOGO_SIDE,
            "height": LOGO_SIDE,
        },
        "correctionsPolicy": absolute(reverse("articles:corrections")),
    }


def breadcrumb_list(crumbs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return a breadcrumb's (label, address) pairs, the home page first, as a BreadcrumbList."""
    items = [
        {"@type": "ListItem", "position": position, "name": label, "item": absolute(address)}
        for position, (label, address) in enumerate(crumbs, start=1)
    ]
    return {"@context": SCHEMA, "@type": "BreadcrumbList", "itemListElement": items}


def comments_action(count: int) -> dict[str, Any]:
    """Return how many comments something has, as an InteractionCounter."""
    return {
        "@type": "InteractionCounter",
        "interactionType": "https://schema.org/CommentAction",
        "userInteractionCount": count,
    }


def website() -> dict[str, Any]:
    """Return the site and how its search is asked, as WebSite with a SearchAction."""
    search = f"{absolute(reverse('frontpage:search'))}?q={{search_term_string}}"
    return {
        "@type": "WebSite",
        "@id": absolute("/#site"),
        "name": settings.SITE_NAME,
        "description": settings.SITE_TAGLINE,
        "url": absolute("/"),
        "inLanguage": LANGUAGE,
        "publisher": {"@id": house()["@id"]},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": search},
            "query-input": "required name=search_term_string",
        },
    }


def house_and_site() -> dict[str, Any]:
    """Return what the home page says: who publishes, and the site."""
    return {"@context": SCHEMA, "@graph": [house(), website()]}
