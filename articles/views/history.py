"""The history of an article: what it said and when, two versions side by side, and the way back."""

from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.comparing import compare
from articles.models import Article
from articles.permissions import can_see, can_write
from articles.views.desk import article_for, desk_page
from articles.writing import StaleSaveError, restore
from newsroom.core.access import for_staff
from newsroom.core.parameters import number_from
from newsroom.core.refusals import Refusal

A_PAGE = 50
LAST_ACTS = 30
LARGEST = 2_147_483_647


@for_staff("articles.view_article")
@never_cache
@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """List the revisions, the latest first, 50 a page by number, and the last moves of the workflow."""
    article = article_for(request.user, pk, can_see)
    kept = article.revisions.kept().latest_first().light()
    before = number_from(request.GET.get("avant", ""), largest=LARGEST)
    page = list((kept.filter(number__lt=before) if before else kept)[: A_PAGE + 1])
    acts = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Article), object_id=str(pk))
    return desk_page(
        request,
        "admin/articles/history.html",
        title=_("History"),
        article=article,
        revisions=page[:A_PAGE],
        next_before=page[A_PAGE - 1].number if len(page) > A_PAGE else None,
        acts=acts.select_related("user").order_by("-action_time")[:LAST_ACTS],
        may_restore=can_write(request.user, article),
    )


@for_staff("articles.view_article")
@never_cache
@require_safe
def compare_revisions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show two revisions side by side, ``de`` and ``a``, whichever was first; one of them may be left out."""
    article = article_for(request.user, pk, can_see)
    asked = [number_from(request.GET.get(name, ""), largest=LARGEST) for name in ("de", "a")]
    numbers = sorted(number for number in asked if number)
    if not numbers:
        return redirect("desk:history", pk)
    kept = article.revisions.kept().select_related("by")
    new = get_object_or_404(kept, number=numbers[-1])
    older = kept.filter(number=numbers[0]) if len(numbers) > 1 else kept.filter(number__lt=new.number).latest_first()
    old = older.first()
    return desk_page(
        request,
        "admin/articles/compare.html",
        title=_("Comparison"),
        article=article,
        old=old,
        new=new,
        fields=compare(old.content if old else {}, new.content),
        may_restore=can_write(request.user, article),
    )


@for_staff("articles.change_article")
@require_POST
def restore_revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Make what a revision kept the article's text again, and say what could not be brought back."""
    article = article_for(request.user, pk, can_write)
    revision = get_object_or_404(article.revisions.kept(), number=number)
    base = number_from(request.POST.get("base", ""), largest=LARGEST)
    try:
        lost = restore(article, revision, request.user, base=base)
    except StaleSaveError:
        messages.error(request, _("A colleague has saved this article meanwhile: look at the history again."))
        return redirect("desk:history", pk)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
        return redirect("desk:history", pk)
    messages.success(request, _("Revision %(number)s is the article’s text again.") % {"number": number})
    for sentence in lost:
        messages.warning(request, sentence)
    return redirect("admin:articles_article_change", pk)
