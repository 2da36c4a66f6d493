"""The page of search."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.core.paging import page_number
from newsroom.frontpage.composing import TAGS, popular_tags
from newsroom.frontpage.searching import ORDERS, question_of
from newsroom.frontpage.searching import search as search_articles
from newsroom.taxonomy.models import Specialty


@open_to_all
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search articles (``q``, ``specialite``, ``tri``, ``page``); without words, show the form alone."""
    specialties = list(Specialty.objects.all())
    question = question_of(request.GET, specialties)
    number = page_number(request)
    found = search_articles(question, number) if question.words else None
    if found and number > found.page_count:
        raise Http404
    context = {
        "question": question,
        "found": found,
        "specialties": specialties,
        "orders": ORDERS,
        "tags": [] if found and found.total else popular_tags(TAGS),
    }
    return render(request, "frontpage/search.html", context)
