"""What every page of the desk beside the admin's own shares: the guard and the frame."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise

from articles.models import Article
from articles.permissions import Person


def article_for(person: Person, pk: int, may: Callable[[Person, Article], bool]) -> Article:
    """Fetch an article for somebody who ``may`` do with it what he came for.

    Raises Http404 where there is none, PermissionDenied to whom the rule says no: the same rule as the form's.
    """
    article = get_object_or_404(Article, pk=pk)
    if not may(person, article):
        raise PermissionDenied
    return article


def desk_page(
    request: HttpRequest, template: str, *, title: str | Promise, status: int = 200, **context: Any
) -> HttpResponse:
    """Answer a page of the desk, in the admin's frame: the templates extend ``admin/base_site.html``."""
    frame = admin.site.each_context(request)
    return render(request, template, {**frame, "title": title, **context}, status=status)
