"""Pages of a list: plain numbers in the address, 404 for any other."""

from typing import Any

from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from newsroom.core.paging import page_number

A_PAGE = 20


def page_asked(rows: QuerySet[Any], request: HttpRequest) -> Page[Any]:
    """Return the page of ``rows`` that ``?page=`` names, 20 a page; the first without it.

    Raises Http404 for a page that does not exist. An empty list has one empty page.
    """
    try:
        return Paginator(rows, A_PAGE).page(page_number(request))
    except InvalidPage as error:
        raise Http404 from error
