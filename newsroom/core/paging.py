"""Which page of a list is asked for, and how many there are; ``newsroom.core.keyset`` turns the pages of long lists."""

from math import ceil
from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from newsroom.core.parameters import number_from

# Beyond this no list goes, and a database would only count in vain.
FARTHEST = 100_000
# Rows of a public list.
A_PAGE = 20


def page_asked(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """Return the page of ``rows`` that ``?page=`` names, 20 a page; the first without it.

    Raises Http404 for a page that does not exist. An empty list has one empty page.
    """
    try:
        return Paginator(rows, A_PAGE).page(page_number(request))
    except InvalidPage as error:
        raise Http404 from error


def page_number(request: HttpRequest, *, parameter: str = "page") -> int:
    """Return the page asked for, 1 without the parameter; anything but a whole number from 1 up is a 404."""
    number = page_from(request.GET.get(parameter, "1"))
    if number is None:
        raise Http404
    return number


def page_from(text: str) -> int | None:
    """Return the page that ``text`` names, None for what names none."""
    return number_from(text, largest=FARTHEST)


def page_count(total: int, size: int) -> int:
    """Return how many pages of ``size`` rows ``total`` rows fill: one at least, so that an empty list has a page."""
    return max(1, ceil(total / size))
