"""Queries of feeds, written once a process: Django takes longer to write one than PostgreSQL to answer it.

The rules of what is public stay where they are, in the QuerySets; only the moment and the key are put in anew.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

# What stands in the written query where the moment and the key go; none is ever a value of its own.
MOMENT: Final = datetime(1, 1, 1, tzinfo=UTC)
NUMBER: Final = -1
WORD: Final = "\N{REPLACEMENT CHARACTER}"


class Prepared:
    """A query that is built from a moment and the key (``NUMBER``, ``WORD``) of what it is about."""

    def __init__(self, build: Callable[[datetime], QuerySet[Any, tuple[Any, ...]]]) -> None:
        """Take the way to build it; nothing is asked yet."""
        self.build = build

    def rows(self, key: int | str = "") -> list[tuple[Any, ...]]:
        """Return the rows for ``key`` as they are now; one query."""
        sql, parameters = self._written
        now = timezone.now()
        values = [now if value == MOMENT else key if value in {NUMBER, WORD} else value for value in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        return self.build(MOMENT).query.sql_with_params()
