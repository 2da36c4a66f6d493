"""The home page, the same for everybody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.frontpage.composing import compose


@open_to_all
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page."""
    return render(request, "frontpage/home.html", {"page": compose()})
