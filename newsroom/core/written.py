"""Queries written once a process: Django takes longer to write one than PostgreSQL to answer it.

The rules of what is public stay where they are, in the QuerySets; only what is asked about and the moment are put in
anew.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, QuerySet, Value
from django.utils import timezone

# What stands in the written query where words, keys and the moment go; none is ever a value of its own.
WORDS: Final = "\N{REPLACEMENT CHARACTER}"
KEY: Final = -1
OTHER_KEY: Final = -2
MOMENT: Final = datetime(100, 1, 1, tzinfo=UTC)
# A moment as near to MOMENT as this was reckoned from it ("30 days before"), and is reckoned from the real one.
_NEAR: Final = timedelta(days=3 * 366)
_IDS: Final = [-1]


class _OneOf(Func):
    """That a value is one of a list, which is sent as one value however long it is."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()
    conditional = True


def among(ids: list[int], field: str = "pk") -> _OneOf:
    """Return the condition that ``field`` is one of ``ids``."""
    return _OneOf(F(field), Value(ids, output_field=ArrayField(BigIntegerField())))


def among_ids(field: str = "pk") -> _OneOf:
    """Return the condition that ``field`` is one of the ids that a written query is asked with."""
    return among(_IDS, field)


class Written:
    """A query of plain rows about ids (``among_ids``), ``WORDS``, ``KEY``, ``OTHER_KEY`` and ``MOMENT``."""

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        """Take the way to build it; nothing is asked yet."""
        self.build = build

    def rows(
        self,
        ids: list[int] | None = None,
        words: str = "",
        *,
        key: int = KEY,
        other_key: int = OTHER_KEY,
        now: datetime | None = None,
    ) -> list[tuple[Any, ...]]:
        """Return the rows, the columns as they are named in ``values_list``; one query."""
        sql, parameters = self._written
        meant, now = {WORDS: words, KEY: key, OTHER_KEY: other_key}, now or timezone.now()

        def real(value: Any) -> Any:
            if isinstance(value, list):
                return ids
            return _moment(value, now) if isinstance(value, datetime) else meant.get(value, value)

        values = [real(value) for value in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        return self.build().query.sql_with_params()


def _moment(value: datetime, now: datetime) -> datetime:
    return now + (value - MOMENT) if abs(value - MOMENT) < _NEAR else value
