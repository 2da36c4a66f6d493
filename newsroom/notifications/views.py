"""The reader's inbox and preferences."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_readers
from newsroom.notifications import choosing, reading
from newsroom.notifications.forms import PreferenceForm
from newsroom.notifications.models import Notification, Preference, unread_count

NOTIFICATIONS_A_PAGE = 30


@for_readers
@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """Show what the person was told, latest first, a page at a time."""
    person = person_asking(request)
    page = Paginator(Notification.objects.inbox_of(person), NOTIFICATIONS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "notifications/inbox.html", {"page": page, "unread": unread_count(person)})


@for_readers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notification is about; a POST marks it as read first, a GET changes nothing."""
    person = person_asking(request)
    notification = get_object_or_404(Notification.objects.inbox_of(person), pk=pk)
    if request.method == "POST":
        reading.mark_read(notification, person)
    return redirect(notification.path)


@for_readers
@never_cache
@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything in the inbox as read."""
    reading.mark_all_read(person_asking(request))
    messages.success(request, _("All your notifications are marked as read."))
    return redirect("notifications:inbox")


@for_readers
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Show and keep what the person wishes to be told."""
    person = person_asking(request)
    chosen = model_to_dict(Preference.of(person), choosing.CHOICES)
    form = PreferenceForm(request.POST or None, initial={**chosen, "shows_presence": person.shows_presence})
    if request.method == "POST" and form.is_valid():
        choosing.choose(person, **form.cleaned_data)
        messages.success(request, _("Your preferences are saved."))
        return redirect("notifications:preferences")
    return render(request, "notifications/preferences.html", {"form": form})
