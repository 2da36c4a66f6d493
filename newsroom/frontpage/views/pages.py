"""Pages of text about the house."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all


@open_to_all
@require_safe
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Show a page of text about the house; the addresses name those that exist."""
    return render(request, f"frontpage/pages/{name}.html")
