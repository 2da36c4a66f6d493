"""How far an act on many articles has come, and what became of each."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Batch
from articles.views.desk import desk_page
from articles.workflow.steps import Act
from articles.workflow.table import TABLE
from newsroom.core.access import for_staff
from newsroom.core.paging import page_asked


@for_staff("articles.view_article")
@never_cache
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a batch to whoever asked for it, or to who publishes."""
    shown = get_object_or_404(Batch.objects.counted(), pk=pk)
    if shown.by_id != request.user.pk and not request.user.has_perm("articles.publish_article"):
        raise PermissionDenied
    # What went wrong stands first.
    items = shown.items.select_related("article").order_by("-outcome", "pk")
    return desk_page(
        request,
        "admin/articles/batch.html",
        title=_("%(act)s: progress") % {"act": TABLE[Act(shown.act)].plain_label},
        batch=shown,
        page=page_asked(items, request),
    )
