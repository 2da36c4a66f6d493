"""What a page was made from: names such as ``article:12``, gathered while it is being made."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from django.db import models

from newsroom.core.page_cache.purging import changed

T = TypeVar("T")

_gathering: ContextVar[set[str] | None] = ContextVar("page_sources", default=None)


@contextmanager
def gathering() -> Iterator[set[str]]:
    """Gather the names of everything that the page, or the part of one, made inside is made from."""
    names: set[str] = set()
    token = _gathering.set(names)
    try:
        yield names
    finally:
        _gathering.reset(token)


class Making(NamedTuple):
    """What is known of the page being made: until when it is true (None: no end is known), and whether it is kept."""

    true_until: datetime | None
    is_kept: bool


NOT_KEPT = Making(None, is_kept=False)

_making: ContextVar[Making] = ContextVar("page_making", default=NOT_KEPT)


@contextmanager
def making(true_until: datetime | None, *, is_kept: bool) -> Iterator[None]:
    """Say what is known of the page made inside: at ``true_until`` pages change by the clock."""
    token = _making.set(Making(true_until, is_kept))
    try:
        yield
    finally:
        _making.reset(token)


def at_making() -> Making:
    """Return what is known of the page being made; one of which nothing was said is not kept."""
    return _making.get()


def made_of(*names: str) -> None:
    """Say that the page being made, if one is, is made from what has these names."""
    gathered = _gathering.get()
    if gathered is not None:
        gathered.update(names)


class fetched_once(Generic[T]):  # noqa: N801 - used as a decorator, beside ``cached_property``
    """A value that several parts of a page share: fetched with the first, and each part is made from its rows."""

    def __init__(self, fetch: Callable[[Any], T]) -> None:
        """Remember how it is fetched."""
        self.fetch = fetch

    def __set_name__(self, owner: type, name: str) -> None:
        """Remember where an object keeps it."""
        self.place = f"_fetched_{name}"

    def __get__(self, page: Any, owner: type | None = None) -> T:
        """Return the value, its names gathered."""
        if self.place not in page.__dict__:
            with gathering() as names:
                value = self.fetch(page)
            page.__dict__[self.place] = value, names
        value, names = page.__dict__[self.place]
        made_of(*names)
        return value


class PageSource(models.Model):
    """A row that public pages are made from.

    Read while a page is made, it names itself; nobody has to remember to say so. Saved or deleted, it takes the pages
    made from it out of the cache after commit, and with them the lists it belongs to (``lists``). What changes rows
    without saving them (``QuerySet.update``) calls ``changed`` or records a fact that ``touches`` them.
    """

    # Names of the lists in which a row of this kind stands, or may come to stand: gone with each save.
    lists: ClassVar[Sequence[str]] = ()

    class Meta:
        """Only a shape."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save, and let the pages made from the row go after commit."""
        super().save(*args, **kwargs)
        changed(self.source_name, *self.lists)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete, and let the pages made from the row go after commit."""
        changed(self.source_name, *self.lists)
        return super().delete(*args, **kwargs)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        """Return the row that was read, its name gathered."""
        row = super().from_db(*args, **kwargs)
        gathered = _gathering.get()
        if gathered is not None:
            gathered.add(row.source_name)
        return row

    @property
    def source_name(self) -> str:
        """Return the name by which pages know the row, such as ``article:12``."""
        return f"{self._meta.model_name}:{self.pk}"
