"""How often an article is read, on the desk."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.permissions import can_see
from articles.views.desk import article_for, desk_page
from newsroom.audience.charts import bars
from newsroom.audience.reading import days_of, figures_of, hours_of
from newsroom.core.access import for_staff

DAYS, HOURS = 30, 48


@for_staff("articles.view_article")
@never_cache
@require_safe
def audience(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an article's figures, its last 30 days and its last 48 hours, drawn and as tables."""
    article = article_for(request.user, pk, can_see)
    return desk_page(
        request,
        "admin/articles/audience.html",
        title=_("Audience"),
        article=article,
        figures=figures_of(pk),
        days=bars(days_of(pk, DAYS)),
        hours=bars(hours_of(pk, HOURS)),
    )
