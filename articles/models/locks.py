"""Who has an article open in his form: told to colleagues, and never in the way of a save."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# A form tells that it is open every 20 s; one that has missed three of these is closed.
SEEN_FOR = timedelta(seconds=60)
# Who has typed nothing for so long may find that a colleague has taken over.
IDLE_AFTER = timedelta(minutes=10)


class EditingLockQuerySet(models.QuerySet["EditingLock"]):
    """Which locks."""

    def locked_now(self) -> Self:
        """Return those whose holder has the form open at this moment."""
        return self.filter(seen_at__gt=timezone.now() - SEEN_FOR)

    def holding(self) -> Self:
        """Return the locks with their rows held until the transaction ends.

        Without their holders: a row that changed while it was waited for would no longer match what was joined to it,
        and be taken for none.
        """
        return self.select_for_update()


class EditingLock(models.Model):
    """That somebody edits an article: the first who opened it. It warns; what protects words is the form's token."""

    article = models.OneToOneField(
        "articles.Article", models.CASCADE, primary_key=True, related_name="lock", verbose_name=_("article")
    )
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="editing_locks", verbose_name=_("edited by")
    )
    # The form that told of itself last: when an older one closes, that means nothing.
    form_key = models.CharField(_("form"), max_length=36, blank=True)
    since = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("seen"), default=timezone.now)
    typed_at = models.DateTimeField(_("last typed"), default=timezone.now)
    # Whom the holder took over from: he is told so as long as his form is open.
    taken_from = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken over from"),
    )

    objects = EditingLockQuerySet.as_manager()

    class Meta:
        """One article, one lock: the primary key says so."""

        verbose_name = _("open form")
        verbose_name_plural = _("open forms")
        constraints = [
            models.CheckConstraint(name="nobody_takes_over_from_himself", condition=~Q(taken_from=F("holder"))),
        ]
        indexes = [models.Index(name="locks_seen", fields=["-seen_at"])]

    def __str__(self) -> str:
        """Return who edits."""
        return self.holder.get_full_name()

    def is_open_at(self, now: datetime) -> bool:
        """Say whether the holder's form is open at ``now``; the same rule as ``locked_now``."""
        return self.seen_at > now - SEEN_FOR

    def is_idle_at(self, now: datetime) -> bool:
        """Say whether the holder has typed nothing for so long that a colleague may take over."""
        return self.typed_at <= now - IDLE_AFTER
