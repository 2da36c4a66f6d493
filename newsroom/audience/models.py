"""Sums, and nothing but sums: neither row says anything of who read.

Articles are named by their ids: they stand storeys above, and their figures outlive them.
"""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class ViewsInHour(models.Model):
    """How often an article was read in one hour; kept for 90 days."""

    pk = models.CompositePrimaryKey("article_id", "hour")
    article_id = models.BigIntegerField(_("article"))
    hour = models.DateTimeField(_("hour"))
    views = models.PositiveIntegerField(_("views"))

    class Meta:
        """Rows come in the order of time: a few bytes for each block find an hour again, and updates stay in place."""

        verbose_name = _("views in an hour")
        verbose_name_plural = _("views by the hour")
        indexes = (BrinIndex(fields=["hour"], pages_per_range=16, autosummarize=True, name="views_of_an_hour"),)

    def __str__(self) -> str:
        """Name the article's hour."""
        return f"{self.article_id}, {self.hour:%Y-%m-%d %H}: {self.views}"


class ViewsInDay(models.Model):
    """How often an article was read in one day of the newsroom's time zone; kept for ever."""

    pk = models.CompositePrimaryKey("article_id", "day")
    article_id = models.BigIntegerField(_("article"))
    day = models.DateField(_("day"))
    views = models.PositiveIntegerField(_("views"))

    class Meta:
        """As hours."""

        verbose_name = _("views in a day")
        verbose_name_plural = _("views by the day")
        indexes = (BrinIndex(fields=["day"], pages_per_range=16, autosummarize=True, name="views_of_a_day"),)

    def __str__(self) -> str:
        """Name the article's day."""
        return f"{self.article_id}, {self.day}: {self.views}"


class WrittenBatch(models.Model):
    """A batch of views that stands in the tables: written with them, so that it is never written twice."""

    id = models.UUIDField(primary_key=True)
    written_at = models.DateTimeField(_("written down"), db_index=True)

    class Meta:
        """Names."""

        verbose_name = _("written batch")
        verbose_name_plural = _("written batches")

    def __str__(self) -> str:
        """Name the batch."""
        return str(self.id)


class MostRead(models.Model):
    """One place of the list of what is read most, over so many hours; made anew every few minutes."""

    span = models.PositiveSmallIntegerField(_("hours"))
    position = models.PositiveSmallIntegerField(_("position"))
    article_id = models.BigIntegerField(_("article"))
    views = models.PositiveIntegerField(_("views"))

    class Meta:
        """A list has one article at a place."""

        verbose_name = _("most read")
        verbose_name_plural = _("most read")
        constraints = (
            models.UniqueConstraint(fields=["span", "position"], name="one_article_at_a_place_of_the_most_read"),
        )

    def __str__(self) -> str:
        """Name the place."""
        return f"{self.span} h, {self.position}: {self.article_id}"
