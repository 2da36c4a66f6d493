"""Leading readers from where something was to where it is, in one hop."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from newsroom.redirects.models import Redirect

Thing = TypeVar("Thing", bound=Model)

# Whoever changes redirects waits for whoever is doing so: two changes at once could make a chain of their two hops.
# The number only has to be ours alone among the advisory locks.
LOCK = 0x0B5E_0001


@transaction.atomic
def lead(old_path: str, new_path: str) -> None:
    """Lead from ``old_path``, where something stood, to ``new_path``, where it stands from now on.

    Whatever led to the old path leads to the new one at once; and the new path, where something stands, leads nowhere
    any more. So no chain arises, and coming back to a former address ends its redirect. Called inside the
    transaction that changes the address, it holds back other changes of addresses until that ends.

    Raises IntegrityError for a path that is not one of this site ("//host/") and for one that leads to itself.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    Redirect.objects.filter(old_path=new_path).delete()
    Redirect.objects.filter(new_path=old_path).update(new_path=new_path)
    Redirect.objects.update_or_create(old_path=old_path, defaults={"new_path": new_path, "made_at": timezone.now()})


@transaction.atomic
def save_where_it_stands(thing: Thing, addresses: Callable[[Thing], Sequence[str]]) -> None:
    """Save ``thing``; where that changes its ``addresses``, the former ones lead to those at the same places.

    A thing that is new, or is gone, had none.
    """
    rows = type(thing)._base_manager.select_for_update(no_key=True)  # noqa: SLF001 - Django's public API
    former = None if thing._state.adding else rows.filter(pk=thing.pk).first()  # noqa: SLF001 - the same
    thing.save()
    if former is None:
        return
    for old_path, new_path in zip(addresses(former), addresses(thing), strict=True):
        if old_path != new_path:
            lead(old_path, new_path)
