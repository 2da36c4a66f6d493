"""What was wrong and has been put right, told to readers."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.articles import Article


class CorrectionQuerySet(models.QuerySet["Correction"]):
    """Which corrections."""

    def public(self, now: datetime | None = None) -> Self:
        """Return the corrections of what readers may know of at ``now``; those of an article under embargo wait."""
        return self.filter(article__in=Article.objects.published(now))

    def newest_first(self) -> Self:
        """Order by date, latest first, without ties."""
        return self.order_by("-made_at", "-id")

    def for_listing(self) -> Self:
        """Fetch what a list of corrections shows of each and of its article: one query, without the texts."""
        told = ("kind", "is_substantive", "text", "made_at")
        named = ("title", "slug", "audience", "format", "sponsor")
        return self.select_related("article").only(*told, *(f"article__{name}" for name in named))


class Correction(models.Model):
    """What was wrong and has been put right, told to readers. It stays as it was told."""

    class Kind(models.TextChoices):
        """What was wrong."""

        ERROR = "error", _("Error of fact")
        FIGURE = "figure", _("Figure or dose")
        ATTRIBUTION = "attribution", _("Name or attribution")
        CLARIFICATION = "clarification", _("Clarification")
        UPDATE = "update", pgettext_lazy("correction", "Update")

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="corrections")
    kind = models.CharField(_("kind"), max_length=13, choices=Kind, default=Kind.ERROR)
    # Only what changes the substance moves the date that readers and search engines are told.
    is_substantive = models.BooleanField(_("on substance"), default=True)
    text = models.TextField(_("correction"), max_length=600)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        """Latest first."""

        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        """Return the correction."""
        return self.text

    @property
    def anchor(self) -> str:
        """Return the name of its place on a page."""
        return f"correction-{self.pk}"

    @property
    def day(self) -> date:
        """Return the day on which it was made, here."""
        return timezone.localdate(self.made_at)

    @property
    def public_text(self) -> str:
        """Return what everybody may read of it: nothing where the article's text is reserved."""
        return "" if self.article.is_restricted else self.text
