"""Remarks on an article at the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.forms.remarking import RemarkForm
from articles.models import Remark
from articles.permissions import can_remark
from articles.remarking import remark, resolve
from articles.views.desk import article_for, desk_page
from newsroom.core.access import for_staff
from newsroom.core.refusals import Refusal


@for_staff("articles.view_remark")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remarks(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was said of an article, open remarks first; say something, or answer."""
    article = article_for(request.user, pk, can_remark)
    form = RemarkForm(article, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            said = remark(article, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect(f"{request.path}#remarque-{said.reply_to_id or said.pk}")
    return desk_page(
        request,
        "admin/articles/remarks.html",
        title=_("Remarks"),
        status=422 if form.errors else 200,
        article=article,
        form=form,
        threads=Remark.objects.threads().filter(article=article),
    )


@for_staff("articles.change_remark")
@require_POST
def settle_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a remark, or open it again (``rouvrir``)."""
    said = get_object_or_404(Remark.objects.select_related("article"), pk=pk)
    try:
        resolve(said, request.user, is_settled="rouvrir" not in request.POST)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("desk:remarks", said.article_id)
