"""Keeping a list as it is set, changing and deleting what was kept."""

from copy import copy
from typing import Any

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from articles.forms.saved_views import NewViewForm, SavedViewForm
from articles.keeping_views import change_view, forget_view, keep_view, kept_part
from articles.models import SavedView
from articles.permissions import can_change_view, can_share_views
from articles.views.desk import desk_page
from newsroom.accounts.asking import person_asking
from newsroom.core.access import for_staff
from newsroom.core.refusals import Refusal

INVALID = 422


@for_staff("articles.add_savedview")
@never_cache
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Keep the list that the form stands above, and go back to it; what cannot be kept comes back with a sentence."""
    person = person_asking(request)
    form = NewViewForm(request.POST, may_share=can_share_views(person))
    listing = request.POST.get("listing", "")
    shown = _list_for(request, listing)
    address = _address(shown)
    if form.is_valid() and not _answers(shown, request, form.cleaned_data["query"]):
        form.add_error(None, _("The list does not know these filters."))
    if form.is_valid():
        query, name = form.cleaned_data["query"], form.cleaned_data["name"]
        try:
            view = keep_view(listing, query, name=name, is_shared=form.shared, by=person)
        except Refusal as refusal:
            form.add_error("name", str(refusal.message))
        else:
            messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
            return redirect(f"{address}?{view.query}")
    return _page(request, form, address, status=INVALID)


@for_staff("articles.change_savedview")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a view another name or place, share it, or delete it."""
    person = person_asking(request)
    view = get_object_or_404(SavedView.objects.seen_by(person), pk=pk)
    address = _address(_list_for(request, view.listing))
    if not can_change_view(person, view):
        raise PermissionDenied
    form = SavedViewForm(request.POST or None, instance=view, may_share=view.is_shared or can_share_views(person))
    if "_delete" in request.POST:
        forget_view(view, by=person)
        messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
        return redirect(address)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            change_view(view, name=typed["name"], is_shared=form.shared, position=typed["position"], by=person)
        except Refusal as refusal:
            form.add_error("name", str(refusal.message))
        else:
            messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
            return redirect(f"{address}?{view.query}")
    return _page(request, form, address, status=INVALID if form.is_bound else 200, view=view)


def _list_for(request: HttpRequest, listing: str) -> admin.ModelAdmin[Any]:
    """Return a list of the desk. Raises Http404 for none, PermissionDenied to whoever may not see it."""
    try:
        shown = admin.site._registry[apps.get_model(listing)]  # noqa: SLF001 - Django has no public name for it
    except (LookupError, ValueError):
        raise Http404 from None
    if not shown.has_view_permission(request):
        raise PermissionDenied
    return shown


def _address(shown: admin.ModelAdmin[Any]) -> str:
    return reverse(f"admin:{shown.opts.app_label}_{shown.opts.model_name}_changelist")


def _answers(shown: admin.ModelAdmin[Any], request: HttpRequest, query: str) -> bool:
    """Say whether the list answers the query: asked as an address would ask it, under the same rules."""
    asked = copy(request)
    asked.GET = QueryDict(kept_part(query))
    try:
        shown.get_changelist_instance(asked)
    except (DisallowedModelAdminLookup, IncorrectLookupParameters):
        return False
    return True


def _page(
    request: HttpRequest, form: SavedViewForm, address: str, *, status: int, view: SavedView | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "list_url": address, "view": view}
    title = _("View “%(name)s”") % {"name": view.name} if view else _("Keep this view")
    return desk_page(request, "desk/saved_view.html", title=title, status=status, **context)
