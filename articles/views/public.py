"""The public pages of what the newsroom publishes, the same bytes for everybody; and two private ones."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet, Author, Selection
from articles.structured import absolute, news_article
from articles.surroundings import around, related_tags
from newsroom.core.access import for_readers, for_staff, open_to_all
from newsroom.core.failures import gone
from newsroom.core.paging import page_asked
from newsroom.core.rendering import data_block
from newsroom.discussions.presence import present
from newsroom.discussions.reading import conversations
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
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article; 410 for one that was withdrawn. A reserved one shows its standfirst and the way in."""
    story = Article.objects.published().for_page().filter(slug=slug).first()
    if story is None and Article.objects.withdrawn().filter(slug=slug).exists():
        return gone(request)
    if story is None:
        raise Http404
    return _page(request, story, shows_text=not story.is_for_professionals)


@for_readers
@never_cache
@require_safe
def reserved(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the whole of an article reserved for professionals to one of them."""
    story = get_object_or_404(Article.objects.published().for_page(), slug=slug)
    if not story.is_for_professionals:
        return redirect(story)
    if not story.is_readable_by(request.user):
        raise PermissionDenied(_("This article is reserved for health professionals whose title is verified."))
    return _page(request, story, shows_text=True, is_private=True)


@for_staff("articles.view_article")
@never_cache
@require_safe
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article as readers would see it now, whatever its state, to the newsroom."""
    story = get_object_or_404(Article.objects.for_page(), slug=slug)
    return _page(request, story, shows_text=True, is_private=True, is_preview=True)


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


@open_to_all
@require_safe
def selection(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a selection in the editors' order; a partner's is labelled."""
    shown = get_object_or_404(Selection, slug=slug)
    chosen = Article.objects.published().for_listing().filter(selection_items__selection=shown)
    context = {
        "selection": shown,
        "articles": chosen.order_by("selection_items__position", "selection_items__id"),
        "nav_current": "partner" if shown.is_partner else "selection",
    }
    return render(request, "articles/selection.html", context)


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


def _page(request: HttpRequest, story: Article, *, shows_text: bool, **flags: bool) -> HttpResponse:
    """Answer the page of an article, in a number of queries that depends on nothing."""
    # The debate that cites the article: asked through the relation, its app stands a storey above.
    debate = story.debates.published().newest_first().select_related("poll").first()
    poll = story.poll if story.poll and story.poll.is_published_at(timezone.now()) else None
    prefetch_related_objects([one for one in (poll, debate and debate.poll) if one], "choices")
    order = request.GET.get("tri", "recents")
    page = story.thread and conversations(story.thread, page=request.GET.get("page", "1"), order=order)
    context = {
        "article": story,
        "shows_text": shows_text,
        "debate": debate,
        "poll": poll,
        "online": len(present(debate.thread_id)) if debate else 0,
        "conversations": page,
        "around": around(story),
        "crumbs": _crumbs(story),
        "json_ld": data_block(news_article(story)),
        "image_url": absolute(story.image.url) if story.image else "",
        "nav_current": "podcasts" if story.is_podcast else "articles",
        **flags,
    }
    return render(request, "articles/article.html", context)


def _crumbs(story: Article) -> list[tuple[str, str]]:
    """Return where the article stands: under its specialty, or under the news."""
    if story.primary_specialty is None:
        return [(_("News"), reverse("articles:list"))]
    crumb = (story.primary_specialty.name, story.primary_specialty.get_absolute_url())
    return [(_("Specialties"), reverse("articles:specialties")), crumb]
