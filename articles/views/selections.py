"""The public pages of selections: what one shows now, and what its past editions showed."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.cards import cards_again
from articles.events import ARTICLES
from articles.models import Article, Selection, SelectionEdition
from articles.showing import showed, shown_of
from newsroom.core.access import open_to_all
from newsroom.core.page_cache.declaring import PAGE, cached_page
from newsroom.core.page_cache.pieces import framed
from newsroom.core.paging import page_asked

# A slot's rule may ask for what is most discussed, which changes without a row of the page changing.
ORDER_KEPT: Final = timedelta(minutes=5)


@open_to_all
@cached_page(ARTICLES)
@framed(cards_again, ARTICLES, kept_for=ORDER_KEPT)
@require_safe
def selection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a selection in the editors' order; a partner's is labelled."""
    asked = get_object_or_404(Selection, slug=slug)
    return render(
        request,
        "articles/selection.html",
        {
            "selection": asked,
            "articles": shown_of(asked, Article.objects.for_listing()),
            "has_past": SelectionEdition.objects.past_at().filter(selection=asked).exists(),
            "nav_current": _nav(asked),
        },
    )


@open_to_all
@cached_page(ARTICLES, reads={"page": PAGE})
@require_safe
def editions(request: HttpRequest, slug: str) -> HttpResponse:
    """List a selection's past editions, the latest first."""
    asked = get_object_or_404(Selection, slug=slug)
    past = SelectionEdition.objects.past_at().filter(selection=asked).select_related("selection")
    page = page_asked(past.order_by("-starts_at", "-number"), request)
    context = {"selection": asked, "page": page, "path": request.path, "nav_current": _nav(asked)}
    return render(request, "articles/selection_editions.html", context)


@open_to_all
@cached_page(ARTICLES)
@framed(cards_again, ARTICLES)
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show a past edition: what it showed in its last moment and is still public; 404 for any other edition."""
    past = SelectionEdition.objects.past_at().select_related("selection")
    asked = get_object_or_404(past, selection__slug=slug, number=number)
    context = {
        "selection": asked.selection,
        "edition": asked,
        "articles": showed(asked, Article.objects.for_listing()),
        "nav_current": _nav(asked.selection),
    }
    return render(request, "articles/selection_edition.html", context)


def _nav(asked: Selection) -> str:
    """Return which entry of the navigation is the current one."""
    return "partner" if asked.is_partner else "selection"
