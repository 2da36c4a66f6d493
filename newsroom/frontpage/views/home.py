"""The home page, the same for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from articles.events import ARTICLES
from newsroom.core.access import open_to_all
from newsroom.core.page_cache.declaring import cached_page
from newsroom.frontpage.composing import compose


@open_to_all
@cached_page("home", ARTICLES, "debates", "polls")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    return render(request, "frontpage/home.html", {"page": compose()})
