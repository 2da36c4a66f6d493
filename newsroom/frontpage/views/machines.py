"""What machines read: robots.txt, OpenSearch, the web manifest, security.txt."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.frontpage.installing import manifest_of_site

TEXT = "text/plain; charset=utf-8"
# RFC 9116, section 2.5.5: security.txt says until when it holds, less than a year ahead.
SECURITY_CONTACT_HOLDS = timedelta(days=180)


@open_to_all
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell robots what is not worth their while, and those that feed language models what the house decided."""
    refused = [] if settings.AI_CRAWLERS == "allow" else settings.AI_CRAWLER_AGENTS
    return render(request, "frontpage/machines/robots.txt", {"refused": refused}, content_type=TEXT)


@open_to_all
@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search to browsers."""
    content_type = "application/opensearchdescription+xml; charset=utf-8"
    return render(request, "frontpage/machines/opensearch.xml", content_type=content_type)


@open_to_all
@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Say how the site stands on a home screen (W3C, Web Application Manifest)."""
    del request
    return JsonResponse(manifest_of_site(), content_type="application/manifest+json")


@open_to_all
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Say whom to tell of a weakness (RFC 9116)."""
    expires = timezone.now().replace(day=1, hour=0, minute=0, second=0, microsecond=0) + SECURITY_CONTACT_HOLDS
    context = {"expires": expires, "mail": settings.SECURITY_EMAIL, "policy": settings.SECURITY_POLICY_URL}
    return render(request, "frontpage/machines/security.txt", context, content_type=TEXT)
