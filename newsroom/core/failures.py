"""Answers when something is not right: a form from elsewhere, a page that is gone."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils.html import escape


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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer 404 with a search field; the path asked for is not repeated."""
    del exception
    return render(request, "404.html", status=404)


def away(request: HttpRequest) -> HttpResponse:
    """Answer 503 when a part of the site does not work just now: which pages do, and when to come back."""
    response = render(request, "503.html", status=503)
    response["Retry-After"] = "60"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 500 without database or session: a static page with the request's number."""
    html = get_template("500.html").template.source  # type: ignore[attr-defined] # Django's own backend
    number = request.META.get("REQUEST_ID", "")
    return HttpResponse(html.replace("{number}", escape(number)), status=500)
