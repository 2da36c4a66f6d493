"""What the newsroom has put right, for everybody to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Correction
from newsroom.core.access import open_to_all
from newsroom.core.keyset import numbered
from newsroom.core.paging import page_asked


@open_to_all
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """List the corrections of public articles, latest first, 20 a page, day by day."""
    page = numbered(page_asked(Correction.objects.public().newest_first().for_listing(), request))
    context = {
        "page": page,
        "path": request.path,
        "canonical": f"{request.path}?page={page.number}" if page.number > 1 else request.path,
        "heading": _("Corrections"),
    }
    return render(request, "articles/corrections.html", context)
