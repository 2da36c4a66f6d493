"""The editions of a selection, and the slots that an edition is made of."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.articles import Article
from articles.models.kinds import RELEASED
from articles.models.selections import PartnerFeed, Selection
from newsroom.taxonomy.models import Specialty, Tag


class EditionQuerySet(models.QuerySet["SelectionEdition"]):
    """Which editions. Which one readers see is a matter of the clock alone: no task has to run for it."""

    def shown_at(self, now: datetime | None = None) -> Self:
        """Return what readers see at ``now``: of each selection the edition that started last, unless it is over.

        When it is over and none has followed, the selection shows nothing: an older edition never comes back.
        """
        now = now or timezone.now()
        return self.filter(pk__in=_started_last(now)).exclude(ends_at__lte=now)

    def open_at(self, now: datetime | None = None) -> Self:
        """Return what may still change: being composed, to come, or shown."""
        now = now or timezone.now()
        to_come = Q(starts_at__gt=now)
        return self.filter(Q(starts_at=None) | to_come | Q(pk__in=_started_last(now))).exclude(ends_at__lte=now)

    def past_at(self, now: datetime | None = None) -> Self:
        """Return what readers were shown once: another has started since, or its end is over."""
        now = now or timezone.now()
        return self.filter(starts_at__lte=now).exclude(pk__in=self.model.objects.shown_at(now).values("pk"))

    def in_preparation(self) -> Self:
        """Return the editions that are being composed, at most one a selection."""
        return self.filter(starts_at=None)

    def to_come(self, now: datetime | None = None) -> Self:
        """Return what is published and has not started, the first to start first."""
        return self.filter(starts_at__gt=now or timezone.now()).order_by("starts_at", "number")

    def latest_first(self) -> Self:
        """Order by number, the latest first."""
        return self.order_by("-number")


def _started_last(now: datetime) -> models.QuerySet[Selection, int]:
    """Return the key of each selection's edition that started last: one step into an index a selection."""
    started = SelectionEdition.objects.filter(selection=OuterRef("pk"), starts_at__lte=now)
    latest = started.order_by("-starts_at", "-number").values("pk")[:1]
    return Selection.objects.annotate(latest=Subquery(latest)).exclude(latest=None).values_list("latest", flat=True)


class SelectionEdition(models.Model):
    """The whole list of a selection, published at once. Without a start it is being composed."""

    selection = models.ForeignKey(Selection, models.CASCADE, related_name="editions", db_index=False)
    number = models.PositiveIntegerField(_("number"))
    starts_at = models.DateTimeField(_("start"), null=True, blank=True)
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("composed by"),
    )
    composed_at = models.DateTimeField(_("last changed"), default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("published by"),
    )
    # When somebody pressed the button; ``starts_at`` says from when readers see it.
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Counts the changes: a list that was read at another number is not written over this one.
    version = models.PositiveIntegerField(_("version"), default=0)

    objects = EditionQuerySet.as_manager()

    class Meta:
        """Numbered from 1 within the selection; at most one is being composed."""

        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["selection", "number"]
        constraints = [
            models.UniqueConstraint(name="an_edition_has_its_own_number", fields=["selection", "number"]),
            models.UniqueConstraint(
                name="one_edition_of_a_selection_is_composed", fields=["selection"], condition=Q(starts_at=None)
            ),
            models.CheckConstraint(
                name="an_edition_starts_when_it_is_published",
                condition=Q(starts_at=None, published_at=None) | Q(starts_at__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_edition_ends_after_it_starts",
                condition=Q(ends_at=None) | (Q(starts_at__isnull=False) & Q(ends_at__gt=F("starts_at"))),
            ),
        ]
        indexes = [models.Index(name="editions_by_start", fields=["selection", "-starts_at", "-number"])]

    def __str__(self) -> str:
        """Return the selection's title and the number."""
        return f"{self.selection} — {self.number}"

    def get_absolute_url(self) -> str:
        """Return the address of its page once it is past."""
        return reverse("articles:selection-edition", args=[self.selection.slug, self.number])

    @property
    def is_composed(self) -> bool:
        """Say whether it is still being composed: nothing of it is public, now or later."""
        return self.starts_at is None

    def has_started_at(self, now: datetime) -> bool:
        """Say whether readers have seen it, or could have, by ``now``."""
        return self.starts_at is not None and self.starts_at <= now


class ItemQuerySet(models.QuerySet["SelectionItem"]):
    """Which slots."""

    def open_at(self, now: datetime) -> Self:
        """Return the slots that their own dates let be seen."""
        return self.filter(Q(starts_at=None) | Q(starts_at__lte=now)).exclude(ends_at__lte=now)

    def gone_from_editions(self, now: datetime | None = None) -> Self:
        """Return the slots whose article has been unpublished, in editions that are shown, to come or composed.

        Readers no longer see them; somebody should decide what comes in their place. A partner's stories that a
        feed brings end on a day set beforehand, and the next reading of the feed fills the gap: nobody is told.
        """
        now = now or timezone.now()
        fed = PartnerFeed.objects.readable().filter(selection=OuterRef("edition__selection"))
        gone = ~Q(article__status__in=RELEASED) | Q(article__unpublish_at__lte=now)
        return self.filter(gone, ~Exists(fed), edition__in=SelectionEdition.objects.open_at(now), article__isnull=False)


class SelectionItem(models.Model):
    """A slot of an edition: an article, or a rule that finds one whenever somebody reads."""

    class Rule(models.TextChoices):
        """Which article a slot without one takes: the best that stands nowhere else in the edition."""

        NONE = "", _("A chosen article")
        SPECIALTY = "specialty", _("The latest of a specialty")
        TAG = "tag", _("The latest of a tag")
        COMMENTED = "commented", _("The most commented")

    edition = models.ForeignKey(SelectionEdition, models.CASCADE, related_name="items", db_index=False)
    # As typed: a pinned slot's number may leave free ones before it, which readers do not see.
    position = models.PositiveSmallIntegerField(_("position"), default=1)
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="selection_items", verbose_name=_("article")
    )
    rule = models.CharField(_("filled by"), max_length=10, choices=Rule, default=Rule.NONE, blank=True)
    rule_specialty = models.ForeignKey(
        Specialty, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("specialty")
    )
    rule_tag = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("tag"))
    is_pinned = models.BooleanField(_("pinned"), default=False)
    starts_at = models.DateTimeField(_("start"), null=True, blank=True)
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)

    objects = ItemQuerySet.as_manager()

    class Meta:
        """In the editors' order."""

        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="a_position_holds_one_slot", fields=["edition", "position"]),
            models.UniqueConstraint(name="an_article_stands_once_in_an_edition", fields=["edition", "article"]),
            models.CheckConstraint(name="positions_count_from_one", condition=Q(position__gte=1)),
            models.CheckConstraint(
                name="a_slot_has_an_article_or_a_rule",
                condition=Q(article__isnull=False, rule="") | (Q(article=None) & ~Q(rule="")),
            ),
            models.CheckConstraint(
                name="a_rule_names_what_it_is_about",
                condition=Q(rule="specialty", rule_specialty__isnull=False, rule_tag=None)
                | Q(rule="tag", rule_tag__isnull=False, rule_specialty=None)
                | Q(rule__in=["", "commented"], rule_specialty=None, rule_tag=None),
            ),
            models.CheckConstraint(
                name="a_slot_ends_after_it_starts",
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
        ]

    def __str__(self) -> str:
        """Return what the slot is filled with."""
        if self.article is not None:
            return str(self.article)
        about = self.rule_specialty or self.rule_tag
        label = str(self.get_rule_display())
        return f"{label} — {about}" if about else label
