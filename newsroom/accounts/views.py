"""The reader's own page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.core.access import for_readers


@for_readers
@never_cache
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Show the account: signature, title and its state, and the ways to everything that is the reader's own."""
    return render(request, "accounts/me.html", {"person": request.user})
