"""Feeds of articles: the newest of all, the podcast, and those of a specialty, a tag, an author, a selection."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from articles.models import Article, ArticleQuerySet, Author
from articles.showing import shown_of
from newsroom.core.access import open_to_all
from newsroom.core.written import KEY, MOMENT, Written
from newsroom.frontpage.feeds.answering import ITEMS, Listed, answered
from newsroom.frontpage.feeds.entries import Head, lasting_name
from newsroom.frontpage.feeds.filed import AUTHORS, SELECTIONS, SPECIALTIES, TAGS
from newsroom.frontpage.feeds.formats import FORMATS, PODCAST, Format
from newsroom.frontpage.feeds.storing import kept_items, maker, written_anew
from newsroom.frontpage.mapping import absolute
from newsroom.taxonomy.models import Specialty, Tag


def _newest(articles: ArticleQuerySet, now: datetime) -> QuerySet[Article, Any]:
    """Return the newest of ``articles`` that readers may know of at ``now``."""
    return articles.published(now).newest_first().values_list(*MARKED)[:ITEMS]


# What is read to know what a feed holds: key, who wrote the item and the mark of what is written.
MARKED: Final = ("pk", "feed_item__maker", "feed_item__digest")
Marked = tuple[int, str, str]
LATEST: Final = Written(lambda: _newest(Article.objects.all(), MOMENT))
EPISODES: Final = Written(lambda: _newest(_heard(), MOMENT))
IN_SPECIALTY: Final = Written(lambda: _newest(Article.objects.in_specialty(Specialty(pk=KEY)), MOMENT))
TAGGED: Final = Written(lambda: _newest(Article.objects.tagged(Tag(pk=KEY)), MOMENT))
SIGNED: Final = Written(lambda: _newest(Article.objects.signed_by(Author(pk=KEY)), MOMENT))


@open_to_all
@require_safe
def latest(request: HttpRequest, ending: str) -> HttpResponse:
    """Give the newest articles of the whole site."""
    head = Head(
        lasting_name("flux", "articles"),
        settings.SITE_NAME,
        settings.SITE_TAGLINE,
        absolute(reverse("frontpage:home")),
        absolute(request.path),
    )
    return answered(request, head, FORMATS[ending], _listed(LATEST.rows(), FORMATS[ending]))


@open_to_all
@require_safe
def podcast(request: HttpRequest) -> HttpResponse:
    """Give the podcasts that everybody may listen to."""
    head = Head(
        lasting_name("flux", "podcast"),
        _("%(site)s: the podcasts") % {"site": settings.SITE_NAME},
        _("The podcasts of %(site)s. %(tagline)s") % {"site": settings.SITE_NAME, "tagline": settings.SITE_TAGLINE},
        absolute(f"{reverse('articles:list')}?format=podcast"),
        absolute(request.path),
    )
    return answered(request, head, PODCAST, _listed(EPISODES.rows(), PODCAST))


@open_to_all
@require_safe
def specialty(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Give what is filed under a specialty, whether first or also, as on its page."""
    filed = SPECIALTIES.found(slug)
    listed = _listed(IN_SPECIALTY.rows(key=filed.pk), FORMATS[ending])
    return answered(request, _head(request, "specialites", filed), FORMATS[ending], listed)


@open_to_all
@require_safe
def tag(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Give what carries a tag; a synonym leads to its main tag's feed, a tag that nothing carries is not there."""
    filed = TAGS.found(slug)
    if filed.synonym_of is not None:
        return redirect(request.path.replace(f"/{slug}.", f"/{filed.synonym_of.slug}."), permanent=True)
    listed = _listed(TAGGED.rows(key=filed.pk), FORMATS[ending])
    return answered(request, _head(request, "themes", filed), FORMATS[ending], _existing(listed))


@open_to_all
@require_safe
def author(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Give what an author signed; one of whom nothing is published is not there."""
    filed = AUTHORS.found(slug)
    listed = _listed(SIGNED.rows(key=filed.pk), FORMATS[ending])
    return answered(request, _head(request, "auteurs", filed), FORMATS[ending], _existing(listed))


@open_to_all
@require_safe
def selection(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    """Give what a selection shows now, in the editors' order."""
    filed = SELECTIONS.found(slug)
    asked = Article.objects.select_related("feed_item").only("sponsor", "format", *MARKED)
    rows = [
        (article.pk, article.feed_item.maker, article.feed_item.digest) for article in shown_of(filed, asked)[:ITEMS]
    ]
    return answered(request, _head(request, "selections", filed), FORMATS[ending], _listed(rows, FORMATS[ending]))


def _head(request: HttpRequest, kind: str, filed: Any) -> Head:
    """Return what the feed of a specialty, tag, author or selection says of itself."""
    description = getattr(filed, "description", "") or getattr(filed, "biography", "") or settings.SITE_TAGLINE
    return Head(
        lasting_name(f"flux/{kind}", filed.pk),
        f"{filed} — {settings.SITE_NAME}",
        description,
        absolute(filed.get_absolute_url()),
        absolute(request.path),
    )


def _heard() -> ArticleQuerySet:
    """Return the podcasts that everybody may listen to."""
    return Article.objects.podcasts().filter(audience=Article.Audience.PUBLIC).exclude(audio="")


def _existing(listed: Listed) -> Listed:
    """Return what is listed; 404 where that is nothing: its name is told to nobody before something is published."""
    if not listed.marks:
        raise Http404
    return listed


def _listed(rows: Sequence[Marked], way: Format) -> Listed:
    """Return the articles' items; those that are not written as they would be today are written first."""
    today = maker()
    outdated = [key for key, made_by, _mark in rows if made_by != today]
    fresh = written_anew(outdated) if outdated else {}
    marks = [f"{key}:{fresh[key].digest if key in fresh else mark}" for key, _maker, mark in rows]

    def items() -> Iterable[str]:
        keys = [key for key, _maker, _mark in rows]
        kept = kept_items(keys, way.column)
        kept.update((key, getattr(item, way.column)) for key, item in fresh.items())
        return [kept[key] for key in keys if key in kept]

    return Listed(marks, items)
