"""Pages of a thread that are not its owner's: permalinks, writing, one's own messages, withdrawing.

None of them is cached; the thread itself is shown by its owner's page through ``discussions/_thread.html``.
"""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from newsroom.accounts.asking import person_asking
from newsroom.accounts.permissions import can_take_part
from newsroom.core.access import for_readers, limited, open_to_all
from newsroom.core.parameters import id_from
from newsroom.core.refusals import Refusal
from newsroom.discussions.forms import CommentForm
from newsroom.discussions.models import LONGEST, Comment, Thread
from newsroom.discussions.permissions import can_comment, can_withdraw
from newsroom.discussions.posting import post, withdraw
from newsroom.discussions.reading import own_in, page_of

# The session's key for what its owner wrote before signing in: an address and a text.
UNSENT = "unsent"
type_of_view = Callable[..., HttpResponseBase]


def keeping_text(view: type_of_view) -> type_of_view:
    """Keep the text of somebody whose session has ended while he wrote: it waits in the session he signs in with."""

    @wraps(view)
    def kept(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            # One text for one session, the latest: strangers must not fill the database.
            request.session[UNSENT] = [request.get_full_path(), request.POST.get("text", "")[:LONGEST]]
        return view(request, *args, **kwargs)

    return kept


@open_to_all
@never_cache
@require_safe
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a permalink on to the page of the thread that holds the comment.

    404 for what is not shown, except to its author and to moderators, who are sent to the thread; in a thread that
    readers may not know of, except to moderators.
    """
    comments = Comment.objects.select_related("thread")
    shown = comments.in_public_threads().shown().filter(pk=pk).first()
    if shown is not None:
        return redirect(_address_of(shown))
    hidden = get_object_or_404(comments.visible_to(request.user), pk=pk)
    return redirect(f"{hidden.thread.path}#c-{hidden.pk}")


@keeping_text
@for_readers
@never_cache
@limited("write")
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, thread: int) -> HttpResponse:
    """Write in a thread, or reply to the comment named by ``?reponse=``. What was typed survives every error."""
    user = person_asking(request)
    found = get_object_or_404(Thread.objects.public(), pk=thread)
    parent = _replied_to(request, found)
    form = CommentForm(request.POST or None, initial={"text": _unsent_text(request)})
    if not can_take_part(user):
        return _write_page(request, found, parent, form, status=403)
    if form.is_bound and form.is_valid():
        try:
            sent = post(found, text=form.cleaned_data["text"], by=user, parent=parent, key=form.cleaned_data["key"])
        except Refusal as refusal:
            form.add_error(None, str(refusal.message))
        else:
            return _received(request, sent)
    return _write_page(request, found, parent, form)


@for_readers
@never_cache
@require_safe
def mine(request: HttpRequest, thread: int) -> HttpResponse:
    """Show a person's own messages in a thread: those that wait, and those that are published."""
    found = get_object_or_404(Thread.objects.public(), pk=thread)
    own = own_in(found, person_asking(request))
    return render(request, "discussions/mine.html", {"thread": found, "comments": own})


@for_readers
@never_cache
@limited("write")
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to withdraw one's own message, and withdraw it: also where readers may no longer go."""
    user = person_asking(request)
    found = get_object_or_404(Comment.objects.by(user).select_related("thread", "parent"), pk=pk)
    if request.method != "POST":
        context = {"comment": found, "thread": found.thread, "can_withdraw": can_withdraw(user, found)}
        return render(request, "discussions/withdraw.html", context)
    try:
        withdraw(found, user)
    except Refusal as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(request, _("Your message has been withdrawn."))
    if not found.thread.is_public:
        return redirect("accounts:me")
    return redirect("discussions:mine", thread=found.thread_id)


def _write_page(
    request: HttpRequest,
    thread: Thread,
    parent: Comment | None,
    form: CommentForm,
    status: int = 200,
) -> HttpResponse:
    user = person_asking(request)
    context = {
        "thread": thread,
        "parent": parent,
        "form": form,
        "action": request.get_full_path(),
        "signature": user.signature,
        "needs_verification": not can_take_part(user),
        "shows_form": can_comment(user, thread) or (form.is_bound and can_take_part(user)),
    }
    return render(request, "discussions/write.html", context, status=status)


def _received(request: HttpRequest, comment: Comment) -> HttpResponse:
    """Answer a sent message: its place in the thread, or the page where its author sees it wait.

    The note carries the mark that makes the browser forget its draft.
    """
    if comment.is_published:
        text, address = _("Your message is published."), _address_of(comment)
    else:
        text = _("Thank you. Your message will be read by a moderator, usually within one working day.")
        address = reverse("discussions:mine", args=[comment.thread_id]) + f"#c-{comment.pk}"
    draft = f"fil-{comment.thread_id}" + (f"-{comment.parent_id}" if comment.parent_id else "")
    messages.success(request, format_html('{} <span data-draft-clear="{}" hidden></span>', text, draft))
    return redirect(address)


def _address_of(comment: Comment) -> str:
    """Return the address of a shown comment in its owner's page; the first page has no number."""
    number = page_of(comment)
    return f"{comment.thread.path}{f'?page={number}' if number > 1 else ''}#c-{comment.pk}"


def _replied_to(request: HttpRequest, thread: Thread) -> Comment | None:
    """Return the comment that ``?reponse=`` names; 404 when this thread has none of that number.

    One that was removed meanwhile is returned: the verb refuses the reply, and the text is kept.
    """
    asked = request.GET.get("reponse")
    if asked is None:
        return None
    wanted = id_from(asked)
    if wanted is None:
        raise Http404
    public = thread.comments.filter(status__in=[Comment.Status.PUBLISHED, *Comment.GONE])
    return get_object_or_404(public, pk=wanted)


def _unsent_text(request: HttpRequest) -> str:
    """Return the text that could not be sent to this address before signing in, once; empty when there is none."""
    address, text = request.session.get(UNSENT, ("", ""))
    if address != request.get_full_path():
        return ""
    del request.session[UNSENT]
    return str(text)
