"""The public lists of what the newsroom publishes, the same bytes for everybody."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet, Author
from articles.surroundings import related_tags
from newsroom.core.access import open_to_all
from newsroom.core.paging import page_asked
from newsroom.taxonomy.models import Specialty, Tag

# What ``?format=`` may say.
FILTERS: dict[str, Callable[[ArticleQuerySet], ArticleQuerySet]] = {
    "": ArticleQuerySet.all,
    "article": ArticleQuerySet.to_read,
    "podcast": ArticleQuerySet.podcasts,
}
# Fewer articles than this make a page that search engines need not keep.
WORTH_INDEXING = 3


@open_to_all
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List everything, latest first; ``?format=podcast`` what is listened to."""
    is_listening = request.GET.get("format") == "podcast"
    heading, nav = (_("Podcasts"), "podcasts") if is_listening else (_("News"), "articles")
    return _listed(request, "articles/list.html", Article.objects.published(), heading=heading, nav_current=nav)


@open_to_all
@require_safe
def specialties(request: HttpRequest) -> HttpResponse:
    """List the specialties."""
    context = {"specialties": Specialty.objects.all(), "nav_current": "specialties"}
    return render(request, "articles/specialties.html", context)


@open_to_all
@require_safe
def specialty(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a specialty: a lead and what is filed under it."""
    shown = get_object_or_404(Specialty, slug=slug)
    filed = Article.objects.published().in_specialty(shown)
    crumbs = [(_("Specialties"), reverse("articles:specialties"))]
    return _listed(
        request,
        "articles/specialty.html",
        filed,
        heading=shown.name,
        specialty=shown,
        crumbs=crumbs,
        nav_current="specialties",
    )


@open_to_all
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what carries a tag; a synonym leads to its main tag, a tag that nothing carries is not there."""
    shown = get_object_or_404(Tag.objects.select_related("synonym_of"), slug=slug)
    if shown.synonym_of is not None:
        return redirect(shown.synonym_of, permanent=True)
    return _listed(
        request,
        "articles/tag.html",
        Article.objects.published().tagged(shown),
        heading=capfirst(shown.name),
        tag=shown,
        related=related_tags(shown),
        worth_indexing=WORTH_INDEXING,
        needs_articles=True,
    )


@open_to_all
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who signs, and what; an author of whom nothing is published is not there."""
    shown = get_object_or_404(Author, slug=slug)
    signed = Article.objects.published().signed_by(shown)
    return _listed(request, "articles/author.html", signed, heading=str(shown), author=shown, needs_articles=True)


def _listed(request: HttpRequest, template: str, rows: ArticleQuerySet, **context: Any) -> HttpResponse:
    """Answer a page of articles, latest first, 20 a page, filtered as ``?format=`` says."""
    kind = request.GET.get("format", "")
    if kind not in FILTERS:
        raise Http404
    page = page_asked(FILTERS[kind](rows).newest_first().for_listing(), request)
    if context.pop("needs_articles", False) and not page.paginator.count:
        raise Http404
    asked = {"format": kind, "page": page.number if page.number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    canonical = f"{request.path}?{query}" if query else request.path
    return render(
        request,
        template,
        {"page": page, "kind": kind, "path": request.path, "canonical": canonical, **context},
    )
