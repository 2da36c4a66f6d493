"""Polls, their choices, and one vote a reader."""

from datetime import datetime
from typing import Any, Self, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.core.page_cache.sources import PageSource
from polls.results import Results, results


class PollQuerySet(models.QuerySet["Poll"]):
    """Which polls."""

    def open(self, now: datetime | None = None) -> Self:
        """Return the polls that take votes at ``now``: by the clock, even when every worker is stopped."""
        now = now or timezone.now()
        return self.published(now).filter(Q(closes_at=None) | Q(closes_at__gt=now))

    def published(self, now: datetime | None = None) -> Self:
        """Return the polls that readers may see: opened, whether closed since or not."""
        return self.filter(opens_at__lte=now or timezone.now())

    def next_opening(self, now: datetime) -> models.QuerySet["Poll", datetime]:
        """Return the next moment after ``now`` at which a poll opens: one row, or none."""
        coming = self.filter(opens_at__gt=now).order_by("opens_at").values_list("opens_at", flat=True)
        return cast('models.QuerySet["Poll", datetime]', coming[:1])

    def next_closing(self, now: datetime) -> models.QuerySet["Poll", datetime]:
        """Return the next moment after ``now`` at which a poll closes: one row, or none."""
        coming = self.filter(closes_at__gt=now).order_by("closes_at").values_list("closes_at", flat=True)
        return cast('models.QuerySet["Poll", datetime]', coming[:1])

    def standalone(self) -> Self:
        """Return the reader consultations; a debate's poll is seen in its debate."""
        return self.filter(is_part_of_debate=False)

    def newest_first(self) -> Self:
        """Order by opening, latest first, without ties."""
        return self.order_by("-opens_at", "-id")

    def with_choices(self) -> Self:
        """Fetch the choices too, in one more query for all polls."""
        return self.prefetch_related("choices")


class Poll(PageSource):
    """A question put to readers, open between two moments."""

    lists = ("polls",)

    class Audience(models.TextChoices):
        """Who may vote."""

        PHYSICIANS = "physicians", _("Verified physicians")
        PROFESSIONALS = "professionals", _("Verified health professionals")
        MEMBERS = "members", _("Every member")

    question = models.CharField(_("question"), max_length=200)
    slug = models.SlugField(_("address"), max_length=110, unique=True)
    introduction = models.TextField(_("introduction"), blank=True)
    audience = models.CharField(_("who may vote"), max_length=15, choices=Audience, default=Audience.MEMBERS)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: a draft."))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    takes_changes = models.BooleanField(
        _("answers may be changed"),
        default=False,
        help_text=_("Until the poll closes. Otherwise the first answer is final."),
    )
    is_part_of_debate = models.BooleanField(_("part of a debate"), default=False, editable=False)
    # Sums of the choices' own counters, kept by the voting verb in the same transaction.
    vote_count = models.PositiveIntegerField(_("votes"), default=0, editable=False)
    physician_count = models.PositiveIntegerField(_("votes of verified physicians"), default=0, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        """A poll cannot close before it opens."""

        verbose_name = _("reader poll")
        verbose_name_plural = _("reader polls")
        constraints = [
            models.CheckConstraint(
                name="poll_closes_after_it_opens",
                condition=Q(closes_at=None) | Q(opens_at__isnull=False, closes_at__gt=F("opens_at")),
                violation_error_message=_("A poll closes after it opens."),
            ),
            models.CheckConstraint(
                name="physicians_are_among_the_voters",
                condition=Q(physician_count__lte=F("vote_count")),
            ),
        ]
        indexes = [models.Index(name="polls_by_opening", fields=["-opens_at"])]

    def __str__(self) -> str:
        """Return the question."""
        return self.question

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("polls:poll", args=[self.slug])

    def is_open_at(self, now: datetime) -> bool:
        """Say whether votes are taken at ``now``."""
        return self.is_published_at(now) and (self.closes_at is None or now < self.closes_at)

    def is_published_at(self, now: datetime) -> bool:
        """Say whether readers may see it at ``now``."""
        return self.opens_at is not None and self.opens_at <= now

    @property
    def is_open(self) -> bool:
        """Say whether votes are taken now."""
        return self.is_open_at(timezone.now())

    @property
    def is_frozen(self) -> bool:
        """Say whether wording and choices may no longer change: somebody has voted on them."""
        return self.vote_count > 0

    @property
    def results(self) -> Results:
        """Return the result as readers see it. Reads the choices: fetch the poll ``with_choices``."""
        return results(self)


class Choice(PageSource):
    """One answer, with its two exact tallies."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="choices", verbose_name=_("poll"))
    label = models.CharField(_("answer"), max_length=120)
    position = models.PositiveSmallIntegerField(_("position"))
    vote_count = models.PositiveIntegerField(_("votes"), default=0, editable=False)
    physician_count = models.PositiveIntegerField(_("votes of verified physicians"), default=0, editable=False)

    class Meta:
        """In the editors' order."""

        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(name="one_choice_a_position", fields=["poll", "position"]),
            # Looked at after each statement, not each row: two labels may change places in one.
            models.UniqueConstraint(
                name="one_choice_a_label",
                fields=["poll", "label"],
                deferrable=models.Deferrable.IMMEDIATE,
            ),
        ]

    def __str__(self) -> str:
        """Return the answer."""
        return self.label

    @property
    def index(self) -> int:
        """Return the place among the choices, from 0: in a debate 0 is the first side and 1 the second."""
        return self.position - 1


class VoteQuerySet(models.QuerySet["Vote"]):
    """Which votes. There is no way to ask for everybody's: a vote is shown to its voter alone."""

    def by(self, user: Any) -> Self:
        """Return a person's own votes, with their answers."""
        own = self.filter(voter_id=user.pk) if user.is_authenticated else self.none()
        return own.select_related("choice")


class Vote(models.Model):
    """A reader's vote. Whether the voter was a physician is kept as it stood when the vote was given."""

    poll = models.ForeignKey(Poll, models.PROTECT, related_name="votes", verbose_name=_("poll"))
    choice = models.ForeignKey(Choice, models.PROTECT, related_name="votes", verbose_name=_("answer"))
    # Empty once the account is erased: the vote still counts, and is nobody's.
    voter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="votes",
        verbose_name=_("voter"),
    )
    is_physician = models.BooleanField(_("verified physician"))
    cast_at = models.DateTimeField(_("cast"), default=timezone.now)
    changed_at = models.DateTimeField(_("changed"), null=True, blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta:
        """The rule of every poll."""

        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        constraints = [models.UniqueConstraint(name="one_vote_a_reader", fields=["poll", "voter"])]

    def __str__(self) -> str:
        """Return nothing that tells who voted what: votes are secret."""
        return f"#{self.pk}"
