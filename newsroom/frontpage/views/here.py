"""What is the reader's own on a page that is the same for everybody: one uncached request."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from newsroom.accounts.models import User
from newsroom.core.access import open_to_all
from newsroom.frontpage import personal


@open_to_all
@never_cache
@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """Answer what is the reader's own on the page he looks at, as ``<template>`` pieces; 204 to the signed-out.

    Open to all because a cookie may outlive its session: a redirection to sign in would help no script.
    """
    if not isinstance(request.user, User):
        return HttpResponse(status=204)
    place = personal.place_of(request.GET)
    return render(request, "frontpage/here/here.html", personal.pieces_for(request.user, place))
