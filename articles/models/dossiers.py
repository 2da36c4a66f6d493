"""Dossiers: articles and debates gathered around a theme, under one address, in the editors' order."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.images import Image
from newsroom.core.page_cache.sources import PageSource
from polls.models import Poll


class DossierQuerySet(models.QuerySet["Dossier"]):
    """Which dossiers. Everything public starts from ``published``, which looks at the clock."""

    def published(self, now: datetime | None = None) -> Self:
        """Return the dossiers whose hour has come by ``now``."""
        return self.filter(published_at__lte=now or timezone.now())

    def newest_first(self) -> Self:
        """Order by date of publication, latest first, without ties."""
        return self.order_by("-published_at", "-id")

    def holding(self, article: Article) -> Self:
        """Return the dossiers in which the article stands."""
        return self.filter(items__article=article)

    def named(self, facts: Iterable[dict[str, Any]]) -> list["Dossier"]:
        """Return the dossiers of ``ArticleQuerySet.with_dossiers``: what a link to each needs, without a query."""
        return [self.model(**each) for each in facts]

    def for_listing(self) -> Self:
        """Fetch what a list shows, in one query."""
        return self.select_related("image")


class Dossier(PageSource):
    """A theme that the newsroom follows: what it has published about it, put in order under headings."""

    # Articles say in which dossiers they stand.
    lists = ("dossiers", "articles")

    title = models.CharField(_("title"), max_length=140)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    introduction = models.TextField(_("introduction"), max_length=2000, blank=True)
    image = models.ForeignKey(
        Image, models.PROTECT, null=True, blank=True, related_name="dossiers", verbose_name=_("image")
    )
    published_at = models.DateTimeField(
        _("publication"), null=True, blank=True, help_text=_("Readers see it from this moment on; empty: a draft.")
    )

    objects = DossierQuerySet.as_manager()

    class Meta:
        """The latest first."""

        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        ordering = ["-published_at", "-id"]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:dossier", args=[self.slug])

    def is_public_at(self, now: datetime) -> bool:
        """Say whether readers may know of it at ``now``; the same rule as ``published``."""
        return self.published_at is not None and self.published_at <= now


class DossierItem(PageSource):
    """A place in a dossier: an article, or a question put to readers (a consultation, or a debate by its poll).

    A debate stands a storey above articles; its poll stands below them, and belongs to it for ever.
    """

    lists = ("dossiers", "articles")

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="items", db_index=False)
    # As typed; two places with one number stand in the order in which they were made.
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    heading = models.CharField(
        _("heading"),
        max_length=140,
        blank=True,
        help_text=_("Begins a new part of the dossier, up to the next heading."),
    )
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="dossier_items", verbose_name=_("article")
    )
    poll = models.ForeignKey(
        Poll,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="dossier_items",
        verbose_name=_("debate or reader poll"),
    )

    class Meta:
        """In the editors' order."""

        verbose_name = _("place in a dossier")
        verbose_name_plural = _("places in a dossier")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                name="an_article_stands_once_in_a_dossier",
                fields=["dossier", "article"],
                violation_error_message=_("This article stands in the dossier already."),
            ),
            models.UniqueConstraint(
                name="a_question_stands_once_in_a_dossier",
                fields=["dossier", "poll"],
                violation_error_message=_("This question stands in the dossier already."),
            ),
            models.CheckConstraint(
                name="a_place_holds_an_article_or_a_question",
                condition=Q(article__isnull=False, poll=None) | Q(article=None, poll__isnull=False),
                violation_error_message=_("Choose an article, or a debate or poll: one of the two."),
            ),
        ]

    def __str__(self) -> str:
        """Return what stands there."""
        return str(self.article or self.poll or "")
