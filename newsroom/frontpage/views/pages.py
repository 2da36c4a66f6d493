"""Pages of text about the house, and the plan of the site."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.events import ARTICLES
from newsroom.core.access import open_to_all
from newsroom.core.page_cache.declaring import cached_page
from newsroom.frontpage.site_plan import site_plan
from newsroom.pages.models import Page


@open_to_all
@cached_page()
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page of text about the house; the addresses name those that exist."""
    return render(request, "frontpage/pages/page.html", {"shown": get_object_or_404(Page, slug=name)})


@open_to_all
@cached_page("pages", "dossiers", ARTICLES, "debates", "polls")
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """Show where everything on the site is."""
    return render(request, "frontpage/pages/site_plan.html", {"parts": site_plan()})
