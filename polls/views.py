"""Consultations: their list, the page of each (the same for everybody), and a reader's own page to answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_readers, limited, open_to_all
from newsroom.core.page_cache.declaring import PAGE, cached_page
from newsroom.core.paging import page_asked
from newsroom.core.refusals import Refusal
from polls import voting
from polls.forms import VoteForm
from polls.models import Choice, Poll, Vote
from polls.permissions import reason_against_voting
from polls.results import results


@open_to_all
@cached_page("polls", reads={"page": PAGE})
@require_safe
def polls(request: HttpRequest) -> HttpResponse:
    """List the consultations, latest first; 404 for a page that does not exist."""
    page = page_asked(Poll.objects.standalone().published().newest_first().with_choices(), request)
    return render(request, "polls/list.html", {"page": page, "nav_current": "polls"})


@open_to_all
@cached_page()
@require_safe
def poll(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a consultation and its result; a closed one keeps its page."""
    shown = get_object_or_404(Poll.objects.standalone().published().with_choices(), slug=slug)
    return render(request, "polls/poll.html", {"poll": shown, **_place()})


@for_readers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("vote")
def vote(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer, or read one's own answer; ``?choix=`` brings the answer chosen before signing in."""
    asked = get_object_or_404(Poll.objects.standalone().published().with_choices(), slug=slug)
    form = VoteForm(request.POST if request.method == "POST" else None, poll=asked)
    if form.is_valid():
        _vote(request, asked, form.cleaned_data["choix"])
        return redirect(f"{reverse('polls:vote', args=[slug])}#resultat")
    own = Vote.objects.by(request.user).filter(poll=asked).first()
    context = {
        "poll": asked,
        "results": results(asked, mine=own.choice_id if own else None),
        "own": own,
        "reason": reason_against_voting(request.user, asked),
        "chosen": request.GET.get("choix") or (own.choice_id if own else ""),
        "errors": form.errors.get("choix", []),
        **_place(),
    }
    return render(request, "polls/vote.html", context)


def _place() -> dict[str, Any]:
    """Return where a consultation's pages stand in the site."""
    return {"nav_current": "polls", "crumbs": [(_("Consultations"), reverse("polls:list"))]}


def _vote(request: HttpRequest, asked: Poll, choice: Choice) -> None:
    """Vote for the reader and leave a message: a second answer or a closed poll is explained there."""
    try:
        voting.vote(asked, choice, person_asking(request))
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    else:
        messages.success(request, _("Thank you, your answer has been counted."))
