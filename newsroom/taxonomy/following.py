"""Following what one wants to hear of: specialties and tags here; above, whatever has ``followings`` of its own."""

from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal

# Rows of each of the two tables that one person may fill: what nobody reads any more is no use, and a table is no bin.
MOST_FOLLOWED = 200


class Followable(Protocol):
    """What has rows that say who follows it."""

    @property
    def followings(self) -> Any:
        """Return the rows, each with its ``reader``."""


@transaction.atomic
def follow(thing: Followable, *, by: User) -> bool:
    """Let the person follow a thing; return whether that is new. Doing it again changes nothing.

    Raises PermissionDenied for an account that is closed, Refusal where the person follows too much already.
    """
    if not by.is_active:
        raise PermissionDenied
    rows: type[Model] = thing.followings.model
    if is_followed(thing, by=by):
        return False
    if rows._default_manager.filter(reader=by).count() >= MOST_FOLLOWED:  # noqa: SLF001 - Django's public API
        raise Refusal(_("You follow too many things already: stop following some first."))
    _following, is_new = thing.followings.get_or_create(reader=by)
    return bool(is_new)


@transaction.atomic
def unfollow(thing: Followable, *, by: User) -> bool:
    """Let the person follow a thing no more; return whether he did. Doing it again changes nothing."""
    deleted, _by_model = thing.followings.filter(reader=by).delete()
    return bool(deleted)


def is_followed(thing: Followable, *, by: User) -> bool:
    """Say whether the person follows the thing."""
    return bool(thing.followings.filter(reader=by).exists())
