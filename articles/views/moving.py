"""The page on which somebody adds a word to a move, or thinks twice."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.forms.moving import MoveForm
from articles.permissions import can_see
from articles.views.desk import article_for, desk_page
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.workflow.table import TABLE
from newsroom.core.access import for_staff
from newsroom.core.refusals import Refusal


@for_staff("articles.change_article")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move_article(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Ask for what the move needs, then make it and return to the article."""
    if act not in set(Act):
        raise Http404
    transition, article = TABLE[Act(act)], article_for(request.user, pk, can_see)
    if not request.user.has_perm(transition.permission):
        raise PermissionDenied
    form = MoveForm(transition, article, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            move(article, transition.act, request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, transition.told(article))
            return redirect("admin:articles_article_change", article.pk)
    return desk_page(
        request,
        "admin/articles/move.html",
        title=transition.label,
        status=422 if form.errors else 200,
        form=form,
        article=article,
        transition=transition,
    )
