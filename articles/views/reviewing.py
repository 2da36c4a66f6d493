"""The review queue: what waits for a second pair of eyes, who is on it, and the answers."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.forms.reviewing import AnswerForm, PlanForm
from articles.models import ReviewRequest
from articles.permissions import Person, can_review, can_write
from articles.reviewing import let_go, plan, settle, take_on
from articles.views.desk import desk_page
from newsroom.core.access import for_staff
from newsroom.core.paging import page_asked
from newsroom.core.refusals import Refusal

VERBS: dict[str, Callable[[ReviewRequest, Person], ReviewRequest]] = {"prendre": take_on, "laisser": let_go}


@for_staff("articles.view_reviewrequest")
@never_cache
@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """List what waits, the most urgent first; ``?pour=moi`` what was given to the person or taken on by him."""
    is_mine = request.GET.get("pour") == "moi"
    waiting = ReviewRequest.objects.open()
    chosen = waiting.meant_for(request.user) if is_mine else waiting
    kind = request.GET.get("type", "")
    if kind in ReviewRequest.Kind.values:
        chosen = chosen.filter(kind=kind)
    page = page_asked(chosen.for_queue(), request)
    return desk_page(
        request,
        "admin/articles/reviews.html",
        title=_("Review queue"),
        page=page,
        rows=[(row, can_review(request.user, row)) for row in page],
        is_mine=is_mine,
        kind=kind,
        kinds=ReviewRequest.Kind.choices,
        totals={"all": waiting.count(), "overdue": waiting.overdue().count()},
    )


@for_staff("articles.change_reviewrequest")
@require_POST
def hold_review(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Take a request on, or let it go."""
    if act not in VERBS:
        raise Http404
    asked = get_object_or_404(ReviewRequest, pk=pk)
    try:
        VERBS[act](asked, request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    return redirect("desk:reviews")


@for_staff("articles.change_reviewrequest")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plan_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Say how urgent a request is, until when and for whom."""
    asked = get_object_or_404(ReviewRequest.objects.select_related("article"), pk=pk)
    if not can_write(request.user, asked.article):
        raise PermissionDenied
    form = PlanForm(asked, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            plan(asked, request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("The request is planned."))
            return redirect("desk:reviews")
    return _form_page(request, asked, form, _("Plan the review"))


@for_staff("articles.change_reviewrequest")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a medical or legal request; an editorial one is answered by the workflow's own buttons."""
    asked = get_object_or_404(ReviewRequest.objects.select_related("article"), pk=pk)
    if not can_review(request.user, asked):
        raise PermissionDenied
    if asked.kind == ReviewRequest.Kind.EDITORIAL:
        return redirect("admin:articles_article_change", asked.article_id)
    read = {"version": asked.article.version}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=read)
    if form.is_valid():
        try:
            settle(asked, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            messages.success(request, _("Your answer is kept: %(outcome)s.") % {"outcome": asked.get_outcome_display()})
            return redirect("desk:reviews")
    return _form_page(request, asked, form, asked.get_kind_display())


def _form_page(request: HttpRequest, asked: ReviewRequest, form: AnswerForm | PlanForm, title: str) -> HttpResponse:
    return desk_page(
        request,
        "admin/articles/review.html",
        title=title,
        status=422 if form.errors else 200,
        asked=asked,
        article=asked.article,
        form=form,
    )
