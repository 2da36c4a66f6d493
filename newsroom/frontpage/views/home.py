"""The home page, the same for everybody."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.events import ARTICLES
from newsroom.core.access import open_to_all
from newsroom.core.page_cache.declaring import cached_page
from newsroom.core.page_cache.pieces import Frame, assembled
from newsroom.frontpage.home_page import HOME, OF_BOXES, RANKING_KEPT, HomePage


@open_to_all
@cached_page(HOME, ARTICLES, "debates", "polls")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    page = HomePage(timezone.now())
    frame = Frame(
        "page:/",
        lambda: render_to_string("frontpage/home.html", page.context(), request),
        frozenset({HOME, ARTICLES, "debates", "polls"}),
        # A place may be filled by what is read or discussed most.
        kept_for=RANKING_KEPT,
        leaves=OF_BOXES | {"thread"},
    )
    return HttpResponse(assembled(frame, page.parts.values(), page.again))
