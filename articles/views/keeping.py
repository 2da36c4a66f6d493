"""What an article's form says while it is written: what was typed, that it is open; and what becomes of kept texts.

Scripts send JSON: Django reads no such body by itself, so that a text beyond the limit is refused in our words.
"""

import json
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from articles.comparing import compare
from articles.contents import current_content
from articles.forms.typed import typed_content
from articles.models import Article, ArticleRevision, EditingLock
from articles.permissions import can_write
from articles.presence import attend, leave, notice_of, take_over
from articles.revising import autosave, forget_autosave
from articles.views.desk import article_for, desk_page
from newsroom.accounts.models import User
from newsroom.core.access import for_staff
from newsroom.core.parameters import number_from
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised
from newsroom.core.templatetags.typo import time_fr

LARGEST = 2_147_483_647
LONGEST_KEY = 36
# What a form may send every ten seconds; a save may hold more.
MOST_KEPT = 5 * 1024 * 1024
# A person has so many texts on one device at most; of more, the others are asked about another time.
MOST_KEYS = 50


class _BadMessageError(Exception):
    """A script sent what is no message of ours; ``answer`` says so."""

    def __init__(self, sentence: str, status: int) -> None:
        super().__init__(sentence)
        self.answer = JsonResponse({"said": sentence}, status=status)


@for_staff("articles.change_article")
@require_POST
def keep_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what is being typed into an article's form, and answer who else writes. 409 where it cannot be kept."""
    article = article_for(request.user, pk, can_write)
    try:
        sent = _sent(request)
        fields = _fields(sent)
    except _BadMessageError as bad:
        return bad.answer
    lock = attend(article, _person(request), form_key=_key(fields.get("form_key")), is_typing=bool(sent.get("typing")))
    return _kept(request, article, fields, _presence(request, article, lock, fields.get("base")))


@for_staff("articles.add_article")
@require_POST
def keep_new_article(request: HttpRequest) -> HttpResponse:
    """Keep what is being typed into the form of an article that was never saved."""
    try:
        fields = _fields(_sent(request))
    except _BadMessageError as bad:
        return bad.answer
    return _kept(request, None, fields, {})


@for_staff("articles.change_article")
@require_POST
def ping(request: HttpRequest, pk: int) -> HttpResponse:
    """Take note that a form is open, or closed, and answer who else writes. Three queries beside the session's."""
    article = article_for(request.user, pk, can_write)
    try:
        sent = _sent(request)
    except _BadMessageError as bad:
        return bad.answer
    key = _key(sent.get("form_key"))
    if sent.get("leaving"):
        leave(article, _person(request), form_key=key)
        return HttpResponse(status=204)
    lock = attend(article, _person(request), form_key=key, is_typing=bool(sent.get("typing")))
    return JsonResponse(_presence(request, article, lock, sent.get("base")))


@for_staff("articles.change_article")
@require_POST
def take_over_article(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over from a colleague whose form stands open and idle; a script is answered, a form led back."""
    article, key = article_for(request.user, pk, can_write), _key(request.POST.get("form_key"))
    try:
        lock = take_over(article, _person(request), form_key=key)
    except Refusal as refusal:
        if _is_script(request):
            return JsonResponse({"said": str(refusal.message)}, status=409)
        messages.error(request, str(refusal.message))
    else:
        if _is_script(request):
            return JsonResponse(_presence(request, article, lock, None))
        messages.success(request, _("You have taken over: your colleague is told."))
    return redirect("admin:articles_article_change", pk)


@for_staff("articles.change_article")
@never_cache
@require_safe
def kept_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a form kept for the person beside what the article says now. Nobody sees a colleague's."""
    article = article_for(request.user, pk, can_write)
    row = get_object_or_404(ArticleRevision.objects.unsaved_by(request.user), article=article)
    current = current_content(article)
    typed = {name: value for name, value in row.content.items() if name in current}
    typed["bylines"] = [signature for signature in typed.get("bylines", []) if signature["author"]]
    return desk_page(
        request,
        "admin/articles/kept.html",
        title=_("Text that was not saved"),
        article=article,
        row=row,
        fields=compare(current, current | typed),
    )


@for_staff("articles.change_article")
@require_POST
def drop_text(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw away what a form of the person kept of an article."""
    article = article_for(request.user, pk, can_write)
    forget_autosave(article, request.user, form_key=_key(request.POST.get("form_key")))
    return _dropped(request, redirect("admin:articles_article_change", pk))


@for_staff("articles.add_article")
@require_POST
def drop_new_text(request: HttpRequest) -> HttpResponse:
    """Throw away what a form kept of an article that was never saved."""
    forget_autosave(None, request.user, form_key=_key(request.POST.get("form_key")))
    return _dropped(request, redirect("admin:articles_article_add"))


@for_staff("articles.change_article")
@never_cache
@require_safe
def forms(request: HttpRequest) -> HttpResponse:
    """Tell a script who is signed in, the token to send from now on, and which of its forms (``cle``) were saved."""
    keys = [_key(key) for key in request.GET.getlist("cle")[:MOST_KEYS]]
    saved = ArticleRevision.objects.kept().filter(form_key__in=[key for key in keys if key], by=_person(request))
    known = sorted(set(saved.values_list("form_key", flat=True)))
    return JsonResponse({"csrf": get_token(request), "person": request.user.pk, "saved": known})


def _person(request: HttpRequest) -> User:
    """Return who asks: ``for_staff`` lets nobody in who is not signed in."""
    return cast("User", request.user)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """Return what a script sent; raises _BadMessageError."""
    if (number_from(request.META.get("CONTENT_LENGTH", ""), largest=10**18) or 0) > MOST_KEPT:
        said = _("This text is too long to be kept by itself (5 MB at most): it is kept on this device alone.")
        raise _BadMessageError(said, 413)
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise _BadMessageError(_("This message could not be read."), 400)
    return sent


def _fields(sent: dict[str, Any]) -> MultiValueDict[str, str]:
    """Return the fields of the form that was sent, as pairs; raises _BadMessageError."""
    fields: MultiValueDict[str, str] = MultiValueDict()
    try:
        for name, value in sent["fields"]:
            fields.appendlist(str(name), str(value))
    except (KeyError, TypeError, ValueError):
        raise _BadMessageError(_("This message could not be read."), 400) from None
    return fields


def _kept(
    request: HttpRequest, article: Article | None, fields: MultiValueDict[str, str], presence: dict[str, Any]
) -> HttpResponse:
    base = _version(fields.get("base")) if article else None
    key = _key(fields.get("form_key"))
    try:
        row = autosave(article, typed_content(fields, article), request.user, base=base, form_key=key)
    except Refusal as refusal:
        return JsonResponse({"said": str(refusal.message), **presence}, status=409)
    said = _("Kept automatically at %(hour)s") % {"hour": time_fr(timezone.localtime(row.at))}
    return JsonResponse({"said": said, "kept_at": row.at.isoformat(), **presence})


def _presence(request: HttpRequest, article: Article, lock: EditingLock, base: Any) -> dict[str, Any]:
    """Return who else writes, in words, and whether a colleague has saved since the form was opened."""
    notice = notice_of(lock, _person(request))
    is_newer = base is not None and _version(base) != article.version
    newer = _("This article was saved since you opened it: when you save, both versions are merged.")
    return {
        "note": notice.sentence,
        "may_take_over": notice.may_take_over,
        "newer": newer if is_newer else "",
    }


def _dropped(request: HttpRequest, back: HttpResponse) -> HttpResponse:
    if _is_script(request):
        return HttpResponse(status=204)
    messages.success(request, _("The text that was not saved is discarded."))
    return back


def _version(base: Any) -> int:
    return number_from(str(base), largest=LARGEST) or 0


def _key(text: Any) -> str:
    return normalised(str(text or ""))[:LONGEST_KEY]


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
