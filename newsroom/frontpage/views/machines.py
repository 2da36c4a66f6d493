"""What machines read: sitemaps, robots.txt, OpenSearch, security.txt."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.frontpage import mapping

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
# RFC 9116, section 2.5.5: security.txt says until when it holds, less than a year ahead.
SECURITY_CONTACT_HOLDS = timedelta(days=180)


@open_to_all
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List every public page for search engines."""
    return render(request, "frontpage/machines/sitemap.xml", {"entries": mapping.entries()}, content_type=XML)


@open_to_all
@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """List the stories of the last two days, as news indexes want them."""
    context = {"articles": mapping.news()}
    return render(request, "frontpage/machines/sitemap-news.xml", context, content_type=XML)


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is not worth their while."""
    return render(request, "frontpage/machines/robots.txt", content_type=TEXT)


@open_to_all
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers."""
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "frontpage/machines/opensearch.xml", content_type=content_type)


@open_to_all
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116)."""
    expires = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0) + SECURITY_CONTACT_HOLDS
    return render(request, "frontpage/machines/security.txt", {"expires": expires}, content_type=TEXT)
