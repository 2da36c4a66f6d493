"""Deleting many old rows without holding them all, or locks on them all, at once."""

from typing import Any

from django.db.models import Model, QuerySet


def delete_in_batches(old: "QuerySet[Any, Any]", batch: int) -> int:
    """Delete the rows of ``old``, at most ``batch`` a statement, with what hangs on them; return how many rows.

    Batches, because Django reads what it deletes. Each is a transaction of its own, unless the caller opened one.
    """
    model: type[Model] = old.model
    deleted = 0
    while some := list(old.values_list("pk", flat=True)[:batch]):
        model._default_manager.filter(pk__in=some).delete()  # noqa: SLF001 - Django's public API
        deleted += len(some)
    return deleted
