"""The references of an article for the programs that keep references."""

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from articles.citing.exports import Cited, bibtex, ris
from articles.models import Article
from newsroom.core.access import open_to_all

# By the end of the address: the writer, and the type that reference managers have registered for themselves.
FORMATS: dict[str, tuple[Callable[[Iterable[Cited]], str], str]] = {
    "ris": (ris, "application/x-research-info-systems"),
    "bib": (bibtex, "application/x-bibtex"),
}


@open_to_all
@require_safe
def export(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Answer the references of a published article as a file.

    404 for an article without any, and for one reserved for professionals: its references are part of what is
    reserved.
    """
    del request
    public = Article.objects.published().filter(audience=Article.Audience.PUBLIC)
    story = get_object_or_404(public.only("slug"), slug=slug)
    references = [reference.cited for reference in story.references.select_related("source")]
    if not references:
        raise Http404
    write, kind = FORMATS[ending]
    headers = {"Content-Disposition": f'attachment; filename="{story.slug}.{ending}"'}
    return HttpResponse(write(references), content_type=f"{kind}; charset=utf-8", headers=headers)
