"""Which page of a list is asked for, and how many there are."""

from math import ceil

from django.http import Http404, HttpRequest

from newsroom.core.parameters import number_from

# Beyond this no list goes, and a database would only count in vain.
FARTHEST = 100_000


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
