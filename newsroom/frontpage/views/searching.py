"""The page of search, and what it suggests while one types; both the same for everybody."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from newsroom.core.access import open_to_all
from newsroom.core.paging import page_number
from newsroom.frontpage.composing import TAGS, popular_tags
from newsroom.frontpage.searching.answering import search as answer
from newsroom.frontpage.searching.asking import FORMATS, ORDERS, PERIODS, question_of
from newsroom.frontpage.searching.completing import completions
from newsroom.frontpage.searching.helping import help_with
from newsroom.taxonomy.models import Specialty


@open_to_all
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search for ``q``; without words, show the form alone.

    Also read: ``type`` (articles, debates, authors), ``specialite``, ``format``, ``periode``, ``auteur``, ``tri``,
    ``page``. Http404 for a page that does not exist.
    """
    specialties = list(Specialty.objects.all())
    question = question_of(request.GET, specialties)
    number = page_number(request)
    found = answer(question, number) if question.words else None
    if number > (found.page_count if found else 1):
        raise Http404
    context = {
        "question": question,
        "found": found,
        "specialties": specialties,
        "formats": FORMATS,
        "periods": PERIODS,
        "orders": ORDERS,
        "help": help_with(question) if found and not found.total else None,
        "tags": [] if found and found.total else popular_tags(TAGS),
    }
    return render(request, "frontpage/search.html", context)


@open_to_all
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Answer what ``q``, the beginning of something, may mean.

    ``{"suggestions": [{"kind": "Thème", "text": "Vaccination", "url": "/themes/vaccination/"}]}``
    """
    suggestions = [one._asdict() for one in completions(request.GET.get("q", ""))]
    return JsonResponse({"suggestions": suggestions})
