"""One act on many articles: asked for at once, done one by one, each with its own outcome."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class BatchQuerySet(models.QuerySet["Batch"]):
    """Which batches."""

    def counted(self) -> Self:
        """Count items by outcome, in the same query."""
        outcomes = {name.lower(): Count("items", filter=Q(items__outcome=name)) for name in BatchItem.Outcome.values}
        return self.annotate(total=Count("items"), **outcomes)


class Batch(models.Model):
    """An act that somebody asked for on many articles. His rights are asked again for each of them, when it is done."""

    act = models.CharField(_("act"), max_length=20)
    note = models.TextField(_("note"), max_length=600, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("by"))
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)

    objects = BatchQuerySet.as_manager()

    # Counted by ``counted``.
    total: int
    waiting: int
    done: int
    refused: int
    failed: int

    class Meta:
        """Latest first."""

        verbose_name = _("batch")
        verbose_name_plural = _("batches")
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        """Return the act and when."""
        return f"{self.act} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def settled(self) -> int:
        """Return how many articles have had their turn; asks for ``counted``."""
        return self.total - self.waiting

    @property
    def is_finished(self) -> bool:
        """Say whether nothing waits any more; asks for ``counted``."""
        return self.waiting == 0


class BatchItemQuerySet(models.QuerySet["BatchItem"]):
    """Which items."""

    def waiting(self) -> Self:
        """Return what is still to be done, the least often tried first."""
        return self.filter(outcome=BatchItem.Outcome.WAITING).order_by("attempts", "pk")


class BatchItem(models.Model):
    """One article of a batch, and what became of it."""

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", pgettext_lazy("batch", "Waiting")
        DONE = "done", pgettext_lazy("batch", "Done")
        REFUSED = "refused", pgettext_lazy("batch", "Refused")
        FAILED = "failed", pgettext_lazy("batch", "Failed")

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items", verbose_name=_("batch"))
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="+", verbose_name=_("article"))
    outcome = models.CharField(_("outcome"), max_length=7, choices=Outcome, default=Outcome.WAITING)
    message = models.TextField(_("message"), blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)

    objects = BatchItemQuerySet.as_manager()

    class Meta:
        """An article stands once in a batch."""

        verbose_name = _("article of a batch")
        verbose_name_plural = _("articles of batches")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(name="an_article_stands_once_in_a_batch", fields=["batch", "article"])]
        indexes = [models.Index(name="batch_items_waiting", fields=["attempts", "id"], condition=Q(outcome="waiting"))]

    def __str__(self) -> str:
        """Return article and outcome."""
        return f"{self.article} · {self.get_outcome_display()}"
