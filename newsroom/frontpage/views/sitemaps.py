"""Sitemaps: what search engines may know of, as they ask for it (sitemaps.org, Google's news sitemaps)."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.events import ARTICLES
from newsroom.core.access import open_to_all
from newsroom.core.page_cache.declaring import cached_page
from newsroom.core.rendering import printable
from newsroom.frontpage import mapping

# What the map lists, and what its parts are made from.
LISTED = (ARTICLES, "debates", "polls", "pages", "dossiers")
XML = "application/xml; charset=utf-8"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SCHEMA = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;"})


@open_to_all
@cached_page(*LISTED)
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Name the parts of the map, each with the latest change in it."""
    del request
    whole = mapping.absolute(reverse("frontpage:sitemap-lists"))
    places: list[tuple[str, datetime | None]] = [(whole, None)]
    for part in mapping.parts():
        address = reverse("frontpage:sitemap-part", args=[part.kind, part.number])
        places.append((mapping.absolute(address), part.changed_at))
    written = "\n".join(f"<sitemap>{_place(address, at)}</sitemap>" for address, at in places)
    return _answer(f"<sitemapindex {SCHEMA}>\n{written}\n</sitemapindex>\n")


@open_to_all
@cached_page(*LISTED)
@require_safe
def part(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """List one part: the pages of one kind whose keys lie in its range; 404 where there is none."""
    del request
    entries = mapping.entries_of(kind, int(number))
    if not entries:
        raise Http404
    return _urls(entries)


@open_to_all
@cached_page(*LISTED)
@require_safe
def lists(request: HttpRequest) -> HttpResponse:
    """List what there are few of: lists, specialties, selections, dossiers, texts about the house."""
    del request
    return _urls(mapping.lists())


@open_to_all
@cached_page(*LISTED)
@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """List the stories of the last two days, as news indexes want them."""
    del request
    name = _escaped(settings.SITE_NAME)
    publication = f"<news:publication><news:name>{name}</news:name><news:language>fr</news:language></news:publication>"
    stories = "\n".join(
        f"<url><loc>{_escaped(story.address)}</loc><news:news>{publication}"
        f"<news:publication_date>{_moment(story.published_at)}</news:publication_date>"
        f"<news:title>{_escaped(story.title)}</news:title></news:news></url>"
        for story in mapping.news()
    )
    return _answer(f"<urlset {SCHEMA} {NEWS}>\n{stories}\n</urlset>\n")


def _urls(entries: Iterable[mapping.Entry]) -> HttpResponse:
    written = "\n".join(f"<url>{_place(address, at)}</url>" for address, at in entries)
    return _answer(f"<urlset {SCHEMA}>\n{written}\n</urlset>\n")


def _place(address: str, changed_at: datetime | None) -> str:
    lastmod = f"<lastmod>{_moment(changed_at)}</lastmod>" if changed_at else ""
    return f"<loc>{_escaped(address)}</loc>{lastmod}"


def _moment(moment: datetime | None) -> str:
    """Return a moment as W3C writes it, to the second."""
    return timezone.localtime(moment).isoformat(timespec="seconds") if moment else ""


def _escaped(text: str) -> str:
    return printable(text).translate(ESCAPES)


def _answer(xml: str) -> HttpResponse:
    return HttpResponse(f"{DECLARATION}{xml}", content_type=XML)
