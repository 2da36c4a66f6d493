"""The moderators' desk, and the form that reports a message."""

from itertools import zip_longest

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_readers, for_staff, limited
from newsroom.core.parameters import id_from
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Comment
from newsroom.moderation import decisions, queues, reporting
from newsroom.moderation.forms import MESSAGES, DecisionForm, FilterForm, ReportForm
from newsroom.moderation.models import Decision, Reason, Report
from newsroom.moderation.permissions import can_report

DECISIONS_A_PAGE = 50


@for_staff("discussions.moderate_comment")
@never_cache
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Show one queue (``?file=``), filtered, a page at a time; ``?ligne=`` is the row to go on with."""
    name = request.GET.get("file", "")
    current = queues.Queue(name) if name in queues.Queue.values else queues.Queue.REPORTED
    form = FilterForm(request.GET)
    filters = form.filters()
    page = Paginator(queues.waiting(current, filters), queues.ROWS_A_PAGE).get_page(request.GET.get("page"))
    loads = queues.loads()
    context = {
        "current": current,
        "loads": loads,
        "total": next(load.count for load in loads if load.queue == current),
        "oldest": queues.oldest_since(current),
        "form": form,
        "page": page,
        "rows": _rows(list(page.object_list), request.GET.get("ligne", "")),
        "is_filtered": filters.narrows,
        "query": _without(request.GET, "ligne"),
        "reasons": _reasons(),
    }
    return render(request, "moderation/queue.html", context)


@for_staff("discussions.moderate_comment")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one message with its decision form and its history; on POST decide and go on with the next row."""
    comment = get_object_or_404(queues.with_row_data(Comment.objects.all()), pk=pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decided(request, comment, form)
    context = {
        "comment": comment,
        "form": form,
        "loads": queues.loads(),
        "query": (request.POST or request.GET).get("query", ""),
        "next": (request.POST or request.GET).get("next", ""),
        "reasons": _reasons(),
        "history": comment.decisions.newest_first(),
    }
    return render(request, "moderation/decision.html", context, status=422 if form.errors else 200)


@for_staff("discussions.moderate_comment")
@never_cache
@require_safe
def journal(request: HttpRequest) -> HttpResponse:
    """Show every decision, latest first: who, when, what, why, before and after; ``?decision=`` one kind only."""
    made = Decision.objects.for_journal()
    action = request.GET.get("decision", "")
    if action in Decision.Action.values:
        made = made.filter(action=action)
    page = Paginator(made, DECISIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "moderation/journal.html", {"page": page, "action": action, "loads": queues.loads()})


@for_readers
@limited("report")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a published message with the report form; on POST file the report, once, and thank."""
    comment = get_object_or_404(Comment.objects.published().in_public_threads().select_related("thread"), pk=pk)
    person = person_asking(request)
    if not can_report(person, comment):
        messages.info(request, _("This message is your own: you may withdraw it."))
        return redirect(comment)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reporting.report(comment, person, **form.cleaned_data)
        except Refusal as refusal:
            messages.warning(request, str(refusal.message))
        else:
            messages.success(request, _("Thank you: a moderator will read this message again."))
        return redirect(comment)
    is_reported = Report.objects.filter(comment=comment, reporter=person).exists()
    context = {"comment": comment, "form": form, "is_reported": is_reported}
    return render(request, "moderation/report.html", context, status=422 if form.errors else 200)


def _decided(request: HttpRequest, comment: Comment, form: DecisionForm) -> HttpResponseRedirect:
    """Call the verb, say what came of it, go back to the queue."""
    values = form.cleaned_data
    person = person_asking(request)
    try:
        if values["action"] == Decision.Action.APPROVE:
            decisions.approve(comment, person, seen=values["seen"])
            told = _("The message by %(name)s is approved.")
        else:
            decisions.reject(comment, person, reason=values["reason"], message=values["message"], seen=values["seen"])
            told = _("The message by %(name)s is rejected; its author is told.")
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, told % {"name": comment.author_name})
    return _back_to_queue(request)


def _back_to_queue(request: HttpRequest) -> HttpResponseRedirect:
    """Go back to the queue as it was filtered, on the row after the one decided."""
    query = QueryDict(request.POST.get("query", ""), mutable=True)
    following = request.POST.get("next", "")
    anchor = ""
    if id_from(following) is not None:
        query["ligne"] = following
        anchor = f"#m-{following}"
    return redirect(f"{reverse('moderation:queue')}?{query.urlencode()}{anchor}")


def _rows(comments: list[Comment], chosen: str) -> list[tuple[Comment, int | str, bool]]:
    """Return each comment with the number of the next one ("" for the last) and whether it is the one to go on with."""
    return [
        (comment, after.pk if after else "", str(comment.pk) == chosen)
        for comment, after in zip_longest(comments, comments[1:])
    ]


def _without(query: QueryDict, name: str) -> QueryDict:
    kept = query.copy()
    kept.pop(name, None)
    return kept


def _reasons() -> list[tuple[int, str, str, str]]:
    """Return key, value, label and message of each reason."""
    return [(key, each.value, str(each.label), str(MESSAGES[each])) for key, each in enumerate(Reason, start=1)]
