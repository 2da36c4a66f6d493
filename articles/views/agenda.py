"""The editorial calendar."""

from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.agenda import month
from articles.views.desk import desk_page
from newsroom.core.access import for_staff

EARLIEST, LATEST = 1900, 2200


@for_staff("articles.view_article")
@never_cache
@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """Show a month, ``?mois=2026-12``; this one without."""
    first = _first_day(request.GET.get("mois", ""))
    return desk_page(
        request,
        "admin/articles/agenda.html",
        title=_("Editorial calendar"),
        first=first,
        weeks=month(first.year, first.month),
        previous=(first - timedelta(days=1)).strftime("%Y-%m"),
        following=(first + timedelta(days=31)).strftime("%Y-%m"),
    )


def _first_day(asked: str) -> date:
    if not asked:
        return timezone.localdate().replace(day=1)
    try:
        first = date.fromisoformat(f"{asked}-01")
    except ValueError as error:
        raise Http404 from error
    if not EARLIEST < first.year < LATEST:
        raise Http404
    return first
