"""Where pictures are used: as lead image, inside texts, and in what revisions may bring back.

The SQL functions ``pictures_in`` and ``pictures_kept``, and the indexes that answer by them, are made by the migration
``articles/0013_image_uses``.
"""

from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat

from articles.models import Article, ArticleQuerySet, ArticleRevision, Image
from articles.models.images import ImageQuerySet

_NAMES: Final = ArrayField(TextField())


class PicturesIn(Func):
    """The names of the files that a text shows."""

    function = "pictures_in"
    output_field = _NAMES


class PicturesKept(Func):
    """The names of the files that a revision's text shows, and "#12" for its lead image."""

    function = "pictures_kept"
    output_field = _NAMES


class BaseName(Func):
    """The last part of a file's name."""

    template = "regexp_replace(%(expressions)s, '^.*/', '')"
    output_field = TextField()


class ListOf(Func):
    """An array of the given expressions."""

    template = "ARRAY[%(expressions)s]::text[]"
    output_field = _NAMES


def showing_in_text(articles: ArticleQuerySet, *images: Image) -> ArticleQuerySet:
    """Return those of ``articles`` that show any of the pictures inside their text."""
    names = [image.base_name for image in images]
    return articles.alias(pictures=PicturesIn("body")).filter(pictures__overlap=names)


def showing(articles: ArticleQuerySet, image: Image) -> ArticleQuerySet:
    """Return those of ``articles`` that show the picture, as lead image or inside their text."""
    shows = Q(image=image) | Q(pictures__overlap=[image.base_name])
    return articles.alias(pictures=PicturesIn("body")).filter(shows)


def showing_in_changes(articles: ArticleQuerySet, image: Image) -> ArticleQuerySet:
    """Return those of ``articles`` whose unpublished changes show the picture, as lead image or inside their text."""
    kept = ArticleRevision.objects.alias(pictures=PicturesKept("content"))
    working = kept.filter(pictures__overlap=[image.base_name, f"#{image.pk}"])
    return articles.filter(working__in=working.values("pk"))


def shown_in(images: ImageQuerySet, articles: ArticleQuerySet) -> ImageQuerySet:
    """Return those of ``images`` that any of ``articles`` shows."""
    return images.filter(Exists(_by_lead(articles)) | Exists(_by_text(articles)))


def with_uses(images: ImageQuerySet) -> ImageQuerySet:
    """Annotate each picture with ``uses``: how many articles show it. Answered by indexes, in the same query."""
    led = _counted(_by_lead(Article.objects.all()))
    # One that leads with it and shows it again is one use.
    told = _counted(_by_text(Article.objects.all()).exclude(image=OuterRef("pk")))
    return images.annotate(uses=led + told)


def unused(images: ImageQuerySet) -> ImageQuerySet:
    """Return those of ``images`` that no article shows and no revision, nor working version, may bring back."""
    named = ListOf(BaseName(OuterRef("file")), Concat(Value("#"), Cast(OuterRef("pk"), TextField())))
    kept = ArticleRevision.objects.alias(pictures=PicturesKept("content")).filter(pictures__overlap=named)
    articles = Article.objects.all()
    return images.exclude(Exists(_by_lead(articles))).exclude(Exists(_by_text(articles))).exclude(Exists(kept))


def _by_lead(articles: ArticleQuerySet) -> ArticleQuerySet:
    return articles.filter(image=OuterRef("pk"))


def _by_text(articles: ArticleQuerySet) -> ArticleQuerySet:
    named = ListOf(BaseName(OuterRef("file")))
    return articles.alias(pictures=PicturesIn(F("body"))).filter(pictures__contains=named)


def _counted(articles: QuerySet[Article]) -> Coalesce:
    """Return the number of ``articles`` as an expression of the outer query."""
    number = articles.order_by().values(everything=Value(1)).annotate(number=Count("*")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)
