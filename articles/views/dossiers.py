"""The public pages of dossiers, the same bytes for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.events import ARTICLES
from articles.followable import Followed
from articles.gathering import parts_of
from articles.models import Dossier
from newsroom.core.access import open_to_all
from newsroom.core.keyset import numbered
from newsroom.core.page_cache.declaring import PAGE, cached_page
from newsroom.core.paging import page_asked


@open_to_all
@cached_page("dossiers", reads={"page": PAGE})
@require_safe
def dossiers(request: HttpRequest) -> HttpResponse:
    """List the dossiers, latest first."""
    page = numbered(page_asked(Dossier.objects.published().newest_first().for_listing(), request))
    canonical = f"{request.path}?page={page.number}" if page.number > 1 else request.path
    context = {"page": page, "heading": _("Dossiers"), "canonical": canonical, "nav_current": "dossiers"}
    return render(request, "articles/dossiers.html", context)


@open_to_all
@cached_page("dossiers", ARTICLES, "debates", "polls")
@require_safe
def dossier(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a dossier: introduction, then articles and debates under their headings."""
    shown = get_object_or_404(Dossier.objects.published().for_listing(), slug=slug)
    context = {
        "dossier": shown,
        "parts": parts_of(shown),
        "crumbs": [(_("Dossiers"), reverse("articles:dossiers"))],
        "follow": Followed("dossiers", shown),
        "nav_current": "dossiers",
    }
    return render(request, "articles/dossier.html", context)
