"""Answers when something is not right: a form from elsewhere, a page that is gone."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _


class ServerAwayError(Exception):
    """A server without which the page can do nothing (mail, Redis) does not answer."""


def forbidden_origin(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a POST without a valid CSRF token: 403 with an explanation; what was typed is kept by the browser."""
    del reason
    return render(request, "403.html", {"is_expired_form": True}, status=403)


def gone(request: HttpRequest, notice: str = "", *, heading: str = "") -> HttpResponse:
    """Answer 410: the page existed and was withdrawn; ``notice`` is what the newsroom says of it.

    ``heading`` says what was withdrawn; an article where it is left out.
    """
    return render(request, "410.html", {"notice": notice, "heading": heading}, status=410)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 403 with the reason and the way in."""
    return render(request, "403.html", {"reason": str(exception)}, status=403)


# What each answer without a page of its own says.
SENSELESS = {
    HTTPStatus.BAD_REQUEST: (
        _("This address cannot be read"),
        _("It holds signs that no address of ours has. Search for a title, or go back to the home page."),
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        _("This page cannot be asked for in this way"),
        _("It is there to be read, or its form was sent to the wrong address. Open it anew from the home page."),
    ),
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: (
        _("This part of the file does not exist"),
        _("The file is shorter than what was asked for: open it from its beginning."),
    ),
}


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 400 to what cannot be read; what was asked for is not repeated."""
    del exception
    return senseless(request, HTTPStatus.BAD_REQUEST)


def senseless(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Answer one of ``SENSELESS`` with the site's page."""
    heading, text = SENSELESS[status]
    return render(request, "400.html", {"heading": heading, "text": text}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with a search field; the path asked for is not repeated."""
    del exception
    return render(request, "404.html", status=404)


def away(request: HttpRequest, *, reading: bool = True) -> HttpResponse:
    """Answer 503 when a part of the site does not work just now: which pages do, and when to come back.

    ``reading`` says whether articles can be read meanwhile; the page itself asks nothing of the database.
    """
    response = render(request, "503.html", {"reading": reading}, status=503)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without database or session: a static page with the request's number."""
    html = get_template("500.html").template.source  # type: ignore[attr-defined] # Django's own backend
    number = request.META.get("REQUEST_ID", "")
    html = html.replace("{site}", escape(settings.SITE_NAME)).replace("{number}", escape(number))
    return HttpResponse(html, status=500)
