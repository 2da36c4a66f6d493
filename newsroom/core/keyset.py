"""Turning the pages of a long list by cursors: a link to the next page names the last row of this one.

So page 5,000 costs what page 1 does, and nothing comes twice or is missed while others publish. Page numbers stay, in
titles and in links: a number without a cursor is counted out on the index, from the nearer end of the list.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from django.core.paginator import Page
from django.db.models import IntegerField, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, QueryDict
from django.utils.crypto import constant_time_compare, salted_hmac

from newsroom.core.paging import A_PAGE, page_count, page_number

# Parameters of a cursor: rows older than the one it names (the next page), or newer (the previous one).
OLDER: Final = "avant"
NEWER: Final = "apres"
# Signs of a cursor's seal: enough that nobody fills a cache with invented ones.
SEAL = 12
# The page before it is reached without a cursor: it shows what is newest.
SECOND = 2
# Of all pages with a cursor those that exist are kept: the others are a 404, and a cache keeps none.
LONGEST_CURSOR = 64
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class Cursor:
    """The values that a cursor takes, for whoever keeps pages: anything short, the seal does the rest."""

    def __contains__(self, value: object) -> bool:
        """Say whether ``value`` may be a cursor."""
        return isinstance(value, str) and len(value) <= LONGEST_CURSOR


CURSOR: Final = Cursor()


@dataclass(frozen=True)
class Order:
    """The order of a list, latest first: a column of moments, never null there, and the key where two are equal."""

    moment: str

    def newest_first(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows as the list shows them."""
        return rows.order_by(f"-{self.moment}", "-pk")

    def oldest_first(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows from the far end."""
        return rows.order_by(self.moment, "pk")

    def beyond(self, rows: QuerySet[Any], at: "Place") -> QuerySet[Any]:
        """Return the rows on the cursor's side of the row that it names; an index is entered by the bound."""
        way = "lt" if at.way == OLDER else "gt"
        tie = Q(**{f"{self.moment}__{way}": at.moment}) | Q(**{self.moment: at.moment, f"pk__{way}": at.pk})
        return rows.filter(tie, **{f"{self.moment}__{way}e": at.moment})


@dataclass(frozen=True)
class Place:
    """A place between two rows of a list: before or after the row with this moment and key."""

    way: str
    moment: datetime
    pk: int


@dataclass(frozen=True)
class ListPage:
    """A page of a list: its rows, its number, how many pages and rows there are, and where the neighbours are.

    ``query`` holds the parameters that every link of the page keeps; the neighbours' add a cursor to them.
    """

    rows: list[Any]
    number: int
    count: int
    total: int
    query: QueryDict
    next_query: QueryDict
    previous_query: QueryDict

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Return how many rows this page has."""
        return len(self.rows)


class _CountOf(Subquery):
    """How many rows a query has, as a value beside each row of another."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"


@dataclass(frozen=True)
class _Cut:
    """The rows of a page, whether more follow, and how many the whole list has."""

    rows: list[Any]
    goes_on: bool
    total: int


class Turning:
    """The turning of one list, for one request.

    ``rows`` says which rows, ``fetch`` how those of a page are fetched (``for_listing``), ``order`` their order. With
    ``leads`` so many rows stand before the 20 of the first page. ``kept`` names the parameters that links keep.
    """

    def __init__(  # noqa: PLR0913 - what a list is made of
        self,
        request: HttpRequest,
        rows: QuerySet[Any],
        *,
        order: Order,
        fetch: Callable[[Any], QuerySet[Any]],
        leads: int = 0,
        kept: dict[str, str] | None = None,
    ) -> None:
        """Read the page's number and the cursor. Raises Http404 for a number or a cursor that this site never made."""
        self.rows, self.order, self.fetch, self.leads = rows, order, fetch, leads
        self.query = _kept(kept or {})
        # A cursor is good for one list, told by its path and parameters, and one page of it.
        self.salt = f"turning:{request.path}?{self.query.urlencode()}"
        self.number = page_number(request)
        self.place = self._place(request)

    def page(self) -> ListPage:
        """Return the page asked for. Raises Http404 where there is none.

        The first page and those with a cursor take the queries of ``fetch``, a number alone one more.
        """
        cut = self._by_number() if self.place is None and self.number > 1 else self._by_place(self.place)
        if self.number > 1 and not cut.rows:
            raise Http404
        # What has been published since a cursor was made moves the number of pages: the last page is the one that
        # nothing follows.
        count = max(self._pages(cut.total), self.number + 1) if cut.goes_on else self.number
        return ListPage(
            rows=cut.rows,
            number=self.number,
            count=count,
            total=cut.total,
            query=self.query,
            next_query=self._beside(cut.rows[-1], OLDER) if cut.goes_on else self.query,
            previous_query=self._beside(cut.rows[0], NEWER) if self.number > SECOND else self.query,
        )

    def _pages(self, total: int) -> int:
        return page_count(total - self.leads, A_PAGE)

    def _by_number(self) -> _Cut:
        """Count a page after the first out from the nearer end."""
        total = self.rows.count()
        if self.number > self._pages(total):
            raise Http404
        start = self.leads + A_PAGE * (self.number - 1)
        end = min(start + A_PAGE, total)
        if start < total - end:
            keys = self.order.newest_first(self.rows).values("pk")[start:end]
        else:
            keys = self.order.oldest_first(self.rows).values("pk")[total - end : total - start]
        return _Cut(list(self._fetched(keys)), end < total, total)

    def _by_place(self, place: Place | None) -> _Cut:
        """Take what lies next to the cursor, without one the first page; the count of all comes with the rows."""
        rows = self.rows if place is None else self.order.beyond(self.rows, place)
        if place is not None and place.way == NEWER:
            found = self._with_total(self.order.oldest_first(rows).values("pk")[:A_PAGE])
            # The row that the cursor names follows.
            return _Cut(found, goes_on=True, total=self._total_of(found))
        size = A_PAGE if place else A_PAGE + self.leads
        found = self._with_total(self.order.newest_first(rows).values("pk")[: size + 1])
        return _Cut(found[:size], len(found) > size, self._total_of(found))

    def _fetched(self, keys: QuerySet[Any, Any]) -> QuerySet[Any]:
        """Return the rows with these keys, in order: found on the index alone, and only then read."""
        rows = self.rows.model._default_manager.filter(pk__in=keys)  # noqa: SLF001 - Django's public API
        return self.order.newest_first(self.fetch(rows))

    def _with_total(self, keys: QuerySet[Any, Any]) -> list[Any]:
        total = _CountOf(self.rows.order_by().values("pk"), output_field=IntegerField())
        return list(self._fetched(keys).annotate(list_total=total))

    @staticmethod
    def _total_of(found: list[Any]) -> int:
        """Return the count that came with the rows; a list without any has none."""
        return found[0].list_total if found else 0

    def _beside(self, row: Any, way: str) -> QueryDict:
        """Return the parameters that lead to the page beyond ``row``, but for the page's number."""
        number = self.number + 1 if way == OLDER else self.number - 1
        place = f"{(getattr(row, self.order.moment) - EPOCH) // MICROSECOND}-{row.pk}"
        query = self.query.copy()
        query[way] = f"{place}-{self._seal(way, number, place)}"
        return query

    def _seal(self, way: str, number: int, place: str) -> str:
        return salted_hmac(self.salt, f"{way}:{number}:{place}", algorithm="sha256").hexdigest()[:SEAL]

    def _place(self, request: HttpRequest) -> Place | None:
        """Return the place that the request's cursor names; a cursor that this site did not make is a 404."""
        if OLDER in request.GET and NEWER in request.GET:
            raise Http404
        for way in (OLDER, NEWER):
            if way in request.GET:
                place, _dash, seal = request.GET[way].rpartition("-")
                moment, _dash, key = place.partition("-")
                if not constant_time_compare(seal.encode(), self._seal(way, self.number, place).encode()):
                    raise Http404
                return Place(way, EPOCH + int(moment) * MICROSECOND, int(key))
        return None


def numbered(page: Page[Any], **kept: str) -> ListPage:
    """Return a page of a short list in the shape of a long one's: its neighbours are reached by number alone."""
    query = _kept(kept)
    pages = page.paginator
    return ListPage(list(page), page.number, pages.num_pages, pages.count, query, query, query)


def _kept(parameters: dict[str, str]) -> QueryDict:
    """Return the parameters that have a value."""
    query = QueryDict(mutable=True)
    query.update({name: value for name, value in parameters.items() if value})
    return query
