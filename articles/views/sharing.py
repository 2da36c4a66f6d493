"""Share links: made and taken back at the desk, followed by a reader from outside."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import sharing
from articles.contents import current_content
from articles.forms.sharing import GuestRemarkForm, ShareForm, SignOffForm
from articles.models import Remark, ShareLink
from articles.permissions import can_write
from articles.previewing import as_if
from articles.views.article_page import article_page
from articles.views.desk import article_for, desk_page
from newsroom.core.access import for_staff, limited, open_to_all
from newsroom.core.failures import gone
from newsroom.core.refusals import Refusal

# Two forms on one page ask for a name.
REMARK_IDS, SIGN_IDS = "remarque_%s", "accord_%s"


@for_staff("articles.change_article")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def links(request: HttpRequest, pk: int) -> HttpResponse:
    """List an article's links with what came of them; make another."""
    article = article_for(request.user, pk, can_write)
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        link = sharing.share(article, form.cleaned_data["made_for"], request.user)
        messages.success(request, _("The link for %(name)s is ready: copy it below.") % {"name": link.made_for})
        return redirect("desk:links", article.pk)
    made = article.links.select_related("made_by", "revoked_by").prefetch_related("visits", "sign_offs", "remarks")
    return desk_page(
        request,
        "admin/articles/links.html",
        title=_("Share links"),
        status=422 if form.errors else 200,
        article=article,
        form=form,
        links=[(link, request.build_absolute_uri(sharing.address_of(link))) for link in made],
    )


@for_staff("articles.change_article")
@require_POST
def revoke_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a link back."""
    link = get_object_or_404(ShareLink.objects.select_related("article"), pk=pk)
    if not can_write(request.user, link.article):
        raise PermissionDenied
    sharing.revoke(link, request.user)
    messages.success(request, _("The link for %(name)s no longer leads anywhere.") % {"name": link.made_for})
    return redirect("desk:links", link.article_id)


@open_to_all
@never_cache
@require_safe
def shared(request: HttpRequest, token: str) -> HttpResponse:
    """Show the article to whoever holds a valid link, with a form for remarks and one for a sign-off."""
    link = sharing.link_behind(token)
    if link is None:
        return _no_longer(request)
    sharing.note_visit(link)
    return _page(request, link, token)


@open_to_all
@limited("write")
@never_cache
@require_POST
def remark_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the visitor says."""
    link = sharing.link_behind(token)
    if link is None:
        return _no_longer(request)
    form = GuestRemarkForm(request.POST, auto_id=REMARK_IDS)
    if not form.is_valid():
        return _page(request, link, token, remark_form=form)
    try:
        sharing.comment(link, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal.message))
        return _page(request, link, token, remark_form=form)
    return redirect(f"{sharing.address_of(link)}#relecture")


@open_to_all
@limited("write")
@never_cache
@require_POST
def sign_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Note that the visitor stands by the text that he was shown."""
    link = sharing.link_behind(token)
    if link is None:
        return _no_longer(request)
    form = SignOffForm(request.POST, auto_id=SIGN_IDS)
    if form.is_valid():
        try:
            sharing.sign_off(link, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return redirect(f"{sharing.address_of(link)}#relecture")
    return _page(request, link, token, sign_form=form)


def _page(request: HttpRequest, link: ShareLink, token: str, **forms: Any) -> HttpResponse:
    """Answer the article with what a reader from outside is offered. What others outside said is theirs alone."""
    own = Remark.objects.threads().filter(link=link)
    with as_if(link.article, current_content(link.article)) as story:
        offered = {
            "token": token,
            "link": link,
            "remarks": own,
            "sign_offs": link.sign_offs.all(),
            "remark_form": GuestRemarkForm(auto_id=REMARK_IDS),
            "sign_form": SignOffForm(auto_id=SIGN_IDS, initial={"version": story.version}),
            **forms,
        }
        response = article_page(request, story, shows_text=True, is_private=True, is_preview=True, shared=offered)
    has_errors = any(form.errors for form in forms.values())
    response.status_code = 422 if has_errors else 200
    # The address is the key: no other site is told of it, no robot keeps it. (Were our own told nothing either, its
    # forms would come without an origin, which the protection against forged requests refuses.)
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _no_longer(request: HttpRequest) -> HttpResponse:
    """Say the same for a forged, an expired and a revoked link."""
    return gone(
        request,
        _("This link no longer leads anywhere: it has expired or was taken back. Ask the newsroom for another."),
        heading=_("Link no longer valid"),
    )
