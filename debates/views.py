"""Debates: their list, the page and the discussion of each (the same for everybody), a reader's own position."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from articles.events import ARTICLES
from debates.arguing import take_position
from debates.forms import PositionForm
from debates.models import Argument, Debate
from debates.permissions import can_argue
from debates.reading import company_of, sides_of
from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_readers, limited, open_to_all
from newsroom.core.page_cache.declaring import PAGE, cached_page
from newsroom.core.paging import page_asked
from newsroom.core.refusals import Refusal
from newsroom.discussions.reading import ORDERS, conversations
from polls.models import Vote
from polls.permissions import reason_against_voting

OTHERS = 3
TO_READ_FIRST = 5


@open_to_all
@cached_page("debates", reads={"page": PAGE})
@require_safe
def debates(request: HttpRequest) -> HttpResponse:
    """List the debates, latest first; 404 for a page that does not exist."""
    page = page_asked(Debate.objects.published().newest_first().for_listing(), request)
    return render(request, "debates/list.html", {"page": page, "nav_current": "debates"})


@open_to_all
@cached_page("debates", ARTICLES, reads={"oui": PAGE, "non": PAGE})
@require_safe
def debate(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a debate: question, result, both sides; ``?oui=2`` and ``?non=2`` turn the pages of a side."""
    shown = get_object_or_404(Debate.objects.published().for_listing(), slug=slug)
    sides = sides_of(shown, request.GET)
    context = {
        "debate": shown,
        "sides": sides,
        "argument_count": sum(side.total for side in sides),
        "company": company_of(shown),
        "articles": shown.articles.published().newest_first().for_listing()[:TO_READ_FIRST],
        "others": Debate.objects.published().exclude(pk=shown.pk).newest_first().for_listing()[:OTHERS],
        **_place(),
    }
    return render(request, "debates/debate.html", context)


@open_to_all
@cached_page(reads={"page": PAGE, "tri": ORDERS})
@require_safe
def discussion(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a debate's thread: arguments with the answers to them, where permalinks lead."""
    shown = get_object_or_404(Debate.objects.published().for_listing(), slug=slug)
    page = conversations(shown.thread, page=request.GET.get("page", 1), order=request.GET.get("tri", ""))
    context = {"debate": shown, "conversations": page, **_place(shown)}
    return render(request, "debates/discussion.html", context)


@open_to_all
@never_cache
@require_safe
def online(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer who is there just now, for the page to swap in; 204 when ``?v=`` names what the page shows."""
    shown = get_object_or_404(Debate.objects.published().select_related("poll"), slug=slug)
    company = company_of(shown)
    if request.GET.get("v") == company.version:
        return HttpResponse(status=204)
    return render(request, "debates/_online.html", {"debate": shown, "company": company})


@for_readers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("vote")
def position(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a position, or see one's own; ``?position=`` brings the one chosen before signing in."""
    debated = get_object_or_404(Debate.objects.published().for_listing(), slug=slug)
    form = PositionForm(request.POST if request.method == "POST" else None, debate=debated)
    if form.is_valid() and _take(request, debated, form):
        return redirect(f"{reverse('debates:position', args=[slug])}#resultat")
    own_vote = Vote.objects.by(request.user).filter(poll=debated.poll).first()
    own = Argument.objects.by(request.user).filter(debate=debated).for_listing().first()
    context = {
        "debate": debated,
        "own_vote": own_vote,
        "own_argument": None if own is None or own.can_be_replaced else own,
        "votes_only": not can_argue(request.user, debated),
        "reason": reason_against_voting(request.user, debated.poll),
        "chosen": request.POST.get("position") or request.GET.get("position") or (own_vote and own_vote.choice_id),
        "text": request.POST.get("argument", ""),
        "form": form,
        **_place(debated),
    }
    return render(request, "debates/position.html", context)


def _take(request: HttpRequest, debated: Debate, form: PositionForm) -> bool:
    """Take the position for the reader and leave a message; on a refusal put it into the form and say False."""
    choice, text = form.cleaned_data["position"], form.cleaned_data["argument"]
    try:
        argument = take_position(debated, choice, person_asking(request), text=text)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return False
    said = _("Your position: %(position)s.") % {"position": choice.label}
    if text.strip() and argument is not None and argument.comment.is_held:
        said += " " + _("Your argument will be read by a moderator, usually within one working day.")
    received = '{} <span data-draft-clear="debat-{}" hidden></span>'
    messages.success(request, format_html(received, said, debated.pk))
    return True


def _place(debated: Debate | None = None) -> dict[str, Any]:
    """Return where a page stands in the site: among the debates, or under one."""
    crumbs = [(_("Debates"), reverse("debates:list"))]
    if debated is not None:
        crumbs.append((debated.question, debated.get_absolute_url()))
    return {"nav_current": "debates", "crumbs": crumbs}
