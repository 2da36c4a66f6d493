"""The page where one follows a thing or stops: never cached, without scripts, reached by way of signing in."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from articles.followable import Followed, followable, known
from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_readers, limited
from newsroom.core.refusals import Refusal
from newsroom.taxonomy import following

NO = "non"
# Where one goes afterwards: this page, one's account, or else the page of the thing.
HERE, ACCOUNT = "ici", "moi"


@for_readers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("write")
def follow(request: HttpRequest, kind: str, slug: str) -> HttpResponse:
    """Ask whether to follow a thing, or to stop; ``suivre=non`` stops. Only a POST changes anything."""
    stops = request.POST.get("suivre") == NO
    asked = known(kind, slug) if stops else followable(kind, slug)
    if asked is None:
        raise Http404
    if request.method == "POST":
        _settle(request, asked, stops=stops)
        back = request.POST.get("retour")
        if back == ACCOUNT:
            return redirect("accounts:me")
        return redirect(asked.url if back == HERE else asked.thing.get_absolute_url())
    is_followed = following.is_followed(asked.thing, by=person_asking(request))
    return render(request, "articles/follow.html", {"follow": asked, "is_followed": is_followed})


def _settle(request: HttpRequest, asked: Followed, *, stops: bool) -> None:
    """Do what was asked and leave a message."""
    person, name = person_asking(request), str(asked.thing)
    if stops:
        following.unfollow(asked.thing, by=person)
        messages.success(request, _("You no longer follow “%(name)s”.") % {"name": name})
        return
    try:
        following.follow(asked.thing, by=person)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("You follow “%(name)s”.") % {"name": name})
