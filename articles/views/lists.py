"""The public lists of what the newsroom publishes, the same bytes for everybody."""

from collections.abc import Callable, Container
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.cards import cards_again
from articles.events import ARTICLES
from articles.followable import Followed
from articles.models import Article, ArticleQuerySet, Author
from articles.surroundings import related_tags
from newsroom.core.access import open_to_all
from newsroom.core.keyset import CURSOR, NEWER, OLDER, Order, Turning, numbered
from newsroom.core.page_cache.declaring import PAGE, cached_page
from newsroom.core.page_cache.pieces import framed
from newsroom.core.paging import page_asked
from newsroom.taxonomy.models import Specialty, Tag

# What ``?format=`` may say; on a specialty's page also "debat".
FILTERS: dict[str, Callable[[ArticleQuerySet], ArticleQuerySet]] = {
    "": ArticleQuerySet.all,
    "article": ArticleQuerySet.to_read,
    "podcast": ArticleQuerySet.podcasts,
}
DEBATES = "debat"
BY_DATE = Order("published_at")
# What lists read of an address.
READS: dict[str, Container[str]] = {"page": PAGE, "format": [*FILTERS], OLDER: CURSOR, NEWER: CURSOR}
# Fewer articles than this make a page that search engines need not keep.
WORTH_INDEXING = 3


@open_to_all
@cached_page(ARTICLES, reads=READS)
@framed(cards_again, ARTICLES)
@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    """List everything, latest first; ``?format=podcast`` what is listened to."""
    is_listening = request.GET.get("format") == "podcast"
    heading, nav = (_("Podcasts"), "podcasts") if is_listening else (_("News"), "articles")
    context = {"heading": heading, "nav_current": nav, "debates_url": reverse("debates:list")}
    return _listed(request, "articles/list.html", Article.objects.published(), context)


@open_to_all
@cached_page(ARTICLES)
@require_safe
def specialties(request: HttpRequest) -> HttpResponse:
    """List the specialties."""
    context = {"specialties": Specialty.objects.all(), "nav_current": "specialties"}
    return render(request, "articles/specialties.html", context)


@open_to_all
@cached_page(ARTICLES, "debates", reads={**READS, "format": [*FILTERS, DEBATES]})
@framed(cards_again, ARTICLES, "debates")
@require_safe
def specialty(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a specialty: a lead and what is filed under it; ``?format=debat`` its debates."""
    shown = get_object_or_404(Specialty, slug=slug)
    context = {
        "heading": shown.name,
        "specialty": shown,
        "crumbs": [(_("Specialties"), reverse("articles:specialties"))],
        "nav_current": "specialties",
        "debates_url": f"{shown.get_absolute_url()}?format={DEBATES}",
        "follow": Followed("specialites", shown),
    }
    if request.GET.get("format") == DEBATES:
        return _debates(request, shown, context)
    filed = Article.objects.published().in_specialty(shown)
    return _listed(request, "articles/specialty.html", filed, context, leads=1)


@open_to_all
@cached_page(ARTICLES, reads=READS)
@framed(cards_again, ARTICLES)
@require_safe
def tag(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what carries a tag; a synonym leads to its main tag, a tag that nothing carries is not there."""
    shown = get_object_or_404(Tag.objects.select_related("synonym_of"), slug=slug)
    if shown.synonym_of is not None:
        return redirect(shown.synonym_of, permanent=True)
    context = {
        "heading": capfirst(shown.name),
        "tag": shown,
        "related": related_tags(shown),
        "worth_indexing": WORTH_INDEXING,
        "follow": Followed("themes", shown),
    }
    tagged = Article.objects.published().tagged(shown)
    return _listed(request, "articles/tag.html", tagged, context, needs_articles=True)


@open_to_all
@cached_page(ARTICLES, reads=READS)
@framed(cards_again, ARTICLES)
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who signs, and what; an author of whom nothing is published is not there."""
    shown = get_object_or_404(Author, slug=slug)
    signed = Article.objects.published().signed_by(shown)
    context = {"heading": str(shown), "author": shown, "follow": Followed("auteurs", shown)}
    return _listed(request, "articles/author.html", signed, context, needs_articles=True)


def _listed(  # noqa: PLR0913 - keywords, each its own
    request: HttpRequest,
    template: str,
    rows: ArticleQuerySet,
    context: dict[str, Any],
    *,
    leads: int = 0,
    needs_articles: bool = False,
) -> HttpResponse:
    """Answer a page of articles, latest first, 20 a page after the ``leads`` of the first, as ``?format=`` filters."""
    kind = request.GET.get("format", "")
    if kind not in FILTERS:
        raise Http404
    turning = Turning(
        request,
        FILTERS[kind](rows),
        order=BY_DATE,
        fetch=lambda found: found.for_listing(),
        leads=leads,
        kept={"format": kind},
    )
    page = turning.page()
    if needs_articles and not page.total:
        raise Http404
    return render(request, template, {"page": page, **_place(request, kind, page.number), **context})


def _debates(request: HttpRequest, shown: Specialty, context: dict[str, Any]) -> HttpResponse:
    """Answer a page of a specialty's debates, latest first: asked through the relation, they stand a storey above."""
    page = numbered(page_asked(shown.debates.published().newest_first().for_listing(), request), format=DEBATES)
    place = _place(request, DEBATES, page.number)
    return render(request, "articles/specialty_debates.html", {"page": page, **place, **context})


def _place(request: HttpRequest, kind: str, number: int) -> dict[str, Any]:
    """Return where a page of a list is: its path, its filter, its one address without cursors."""
    asked = {"format": kind, "page": number if number > 1 else ""}
    query = urlencode({name: value for name, value in asked.items() if value})
    return {"kind": kind, "path": request.path, "canonical": f"{request.path}?{query}" if query else request.path}
