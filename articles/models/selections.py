"""What editors put forward, and where a partner's part of it comes from."""

from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.core.page_cache.sources import PageSource

# The design's home page shows at most this many.
LONGEST_SELECTION = 14
# The newsroom's own selection, which has its place on every page.
NEWSROOM_SELECTION = "redaction"
# How long a partner's story stays on the site unless the feed says otherwise, in days; and at most.
KEPT_DAYS, LONGEST_KEPT = 90, 3650


class SelectionQuerySet(models.QuerySet["Selection"]):
    """Which selections."""

    def partners(self) -> Self:
        """Return the partners' selections."""
        return self.filter(is_partner=True)


class Selection(PageSource):
    """An ordered choice of articles: the newsroom's own, or a partner's, which is always labelled so.

    What it holds stands in its editions: one is shown, earlier ones are kept as they were, the next is composed.
    """

    lists = ("articles",)

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(_("address"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    is_partner = models.BooleanField(_("partner's"), default=False)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        """By title."""

        verbose_name = _("selection")
        verbose_name_plural = _("selections")
        ordering = ["title"]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("articles:selection", args=[self.slug])

    def get_editions_url(self) -> str:
        """Return the address of the list of its past editions."""
        return reverse("articles:selection-editions", args=[self.slug])

    def get_curation_url(self) -> str:
        """Return the address where the newsroom composes it."""
        return reverse("desk:selection", args=[self.pk])


class PartnerFeedQuerySet(models.QuerySet["PartnerFeed"]):
    """Which feeds."""

    def readable(self) -> Self:
        """Return the feeds that are read every hour: switched on, into a selection that is a partner's."""
        return self.filter(is_active=True, selection__is_partner=True)


class PartnerFeed(models.Model):
    """A partner's RSS or Atom feed, read every hour into the partner's selection."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="feeds")
    url = models.URLField(
        _("address of the feed"), max_length=500, validators=[URLValidator(schemes=["http", "https"])]
    )
    is_active = models.BooleanField(_("read every hour"), default=True)
    keeps_days = models.PositiveSmallIntegerField(
        _("days kept"),
        default=KEPT_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_KEPT)],
        help_text=_("How long after its date a story stays on the site."),
    )
    last_fetched_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)
    last_error = models.CharField(_("last error"), max_length=300, blank=True, editable=False)
    # What the partner's server said of the file, sent back so that it answers "not modified".
    etag = models.CharField(max_length=200, blank=True, editable=False)
    last_modified = models.CharField(max_length=100, blank=True, editable=False)

    objects = PartnerFeedQuerySet.as_manager()

    class Meta:
        """A feed is read once an hour, not twice."""

        verbose_name = _("partner's feed")
        verbose_name_plural = _("partners' feeds")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="a_feed_is_read_into_a_selection_once", fields=["selection", "url"]),
            models.CheckConstraint(name="a_feed_keeps_stories_a_day_or_more", condition=models.Q(keeps_days__gte=1)),
        ]

    def __str__(self) -> str:
        """Return the address."""
        return self.url
