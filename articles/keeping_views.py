"""Keeping, changing and forgetting a list as somebody has set it."""

from typing import Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext as _

from articles.models import SavedView
from articles.models.saved_views import LONGEST_QUERY, MOST_VIEWS
from articles.permissions import can_change_view, can_keep_views, can_share_views
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.core.rendering import normalised

# What an address says beside filters, search and order: the page, and what the admin tells itself.
PASSING: Final = ("p", "all", "e", "_popup", "_to_field", "_changelist_filters")


def kept_part(query: str) -> str:
    """Return what is worth keeping of a list's query string, always spelled the same way; "" for nothing."""
    asked = QueryDict(query[: 2 * LONGEST_QUERY].lstrip("?"), mutable=True)
    for name in PASSING:
        asked.pop(name, None)
    kept = QueryDict(mutable=True)
    for name, values in sorted(asked.lists()):
        kept.setlist(name, [value for value in map(normalised, values) if value])
    return kept.urlencode()


@transaction.atomic
def keep_view(listing: str, query: str, *, name: str, is_shared: bool, by: User) -> SavedView:
    """Keep the list ``listing`` as ``query`` sets it, under a name; a shared view is seen by the whole newsroom.

    Raises PermissionDenied to whoever may not, Refusal for a name he has given already, one view too many, or a
    query longer than a column.
    """
    if not can_keep_views(by) or (is_shared and not can_share_views(by)):
        raise PermissionDenied
    kept = kept_part(query)
    if len(kept) > LONGEST_QUERY:
        raise Refusal(_("There are too many filters to keep."))
    views = _held(by, listing)
    if len(views) >= MOST_VIEWS:
        raise Refusal(_("You keep %(most)d views of this list already: delete one first.") % {"most": MOST_VIEWS})
    _check_name(name, views)
    return SavedView.objects.create(owner=by, listing=listing, name=name, query=kept, is_shared=is_shared)


@transaction.atomic
def change_view(view: SavedView, *, name: str, is_shared: bool, position: int, by: User) -> None:
    """Give a view another name or place, or share it, or stop sharing it.

    Raises PermissionDenied to whoever may not, Refusal for a name that its owner has given to another view.
    """
    if not can_change_view(by, view) or (is_shared and not view.is_shared and not can_share_views(by)):
        raise PermissionDenied
    _check_name(name, [other for other in _held(view.owner, view.listing) if other.pk != view.pk])
    view.name, view.is_shared, view.position = name, is_shared, position
    view.save(update_fields=["name", "is_shared", "position"])


@transaction.atomic
def forget_view(view: SavedView, *, by: User) -> None:
    """Delete a view. Raises PermissionDenied to whoever may not."""
    if not can_change_view(by, view):
        raise PermissionDenied
    view.delete()


def _held(owner: User, listing: str) -> list[SavedView]:
    """Return the owner's views of a list; whoever else changes them waits until the transaction ends."""
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    return list(SavedView.objects.of_list(listing).filter(owner=owner))


def _check_name(name: str, others: list[SavedView]) -> None:
    if any(other.name == name for other in others):
        raise Refusal(_("A view of this list is called “%(name)s” already.") % {"name": name})
