"""Pages that draw on everything. All but the personal fragment are the same for everybody."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.accounts.models import User
from newsroom.core.access import open_to_all
from newsroom.core.paging import page_number
from newsroom.frontpage import mapping, personal
from newsroom.frontpage.composing import TAGS, compose, popular_tags
from newsroom.frontpage.health import examine
from newsroom.frontpage.searching import ORDERS, question_of
from newsroom.frontpage.searching import search as search_articles
from newsroom.taxonomy.models import Specialty

XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
# RFC 9116, section 2.5.5: security.txt says until when it holds, less than a year ahead.
SECURITY_CONTACT_HOLDS = timedelta(days=180)


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    return render(request, "frontpage/home.html", {"page": compose()})


@open_to_all
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search articles (``q``, ``specialite``, ``tri``, ``page``); without words, show the form alone."""
    specialties = list(Specialty.objects.all())
    question = question_of(request.GET, specialties)
    number = page_number(request)
    found = search_articles(question, number) if question.words else None
    if found and number > found.page_count:
        raise Http404
    context = {
        "question": question,
        "found": found,
        "specialties": specialties,
        "orders": ORDERS,
        "tags": [] if found and found.total else popular_tags(TAGS),
    }
    return render(request, "frontpage/search.html", context)


@open_to_all
@never_cache
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Answer what is the reader's own on the page he looks at, as ``<template>`` pieces; 204 to the signed-out.

    Open to all because a cookie may outlive its session: a redirection to sign in would help no script.
    """
    if not isinstance(request.user, User):
        return HttpResponse(status=204)
    place = personal.place_of(request.GET)
    return render(request, "frontpage/here/here.html", personal.pieces_for(request.user, place))


@open_to_all
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page of text about the house; the addresses name those that exist."""
    return render(request, f"frontpage/pages/{name}.html")


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


@open_to_all
@never_cache
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Say that the process answers; asks nothing of anything else."""
    del request
    return HttpResponse("vivant", content_type=TEXT)


@open_to_all
@never_cache
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Say whether database, Redis and worker are there: 200, or 503 with what is away."""
    del request
    health = examine()
    return JsonResponse(health.report(), status=200 if health.is_well else 503)
