"""Pages of a list: plain numbers in the address, 404 for any other."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

A_PAGE = 20


def page_asked(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """Return the page of ``rows`` that ``?page=`` names, 20 a page; the first without it.

    Raises Http404 for a page that does not exist. An empty list has one empty page.
    """
    number = request.GET.get("page", "1")
    if not (number.isascii() and number.isdigit()):
        raise Http404
    try:
        return Paginator(rows, A_PAGE).page(number)
    except InvalidPage as error:
        raise Http404 from error
