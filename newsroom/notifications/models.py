"""What people are told, how they wish to be told, and what became of each e-mail."""

from datetime import datetime, timedelta
from typing import Self
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User

# The on-commit alarm gets this long before the sweep looks at an e-mail.
FIRST_SWEEP = timedelta(seconds=8)


class Kind(models.TextChoices):
    """What a person may be told."""

    RELEASED = "released", _("Message published after reading")
    REJECTED = "rejected", _("Message rejected")
    REPLY = "reply", _("Reply to one of your messages")
    FEATURED = "featured", _("Argument featured by the newsroom")
    MENTION = "mention", _("A colleague names you")
    REVIEW = "review", _("Review of an article")


class NotificationQuerySet(models.QuerySet["Notification"]):
    """Which notifications."""

    def inbox_of(self, user: User) -> Self:
        """Return what a person reads on the site, latest first."""
        return self.filter(recipient=user, is_on_site=True).order_by("-created_at", "-id")

    def unread(self) -> Self:
        """Return what nobody has opened yet."""
        return self.filter(read_at=None)


class Notification(models.Model):
    """One thing told to one person, in words that stay as they were said."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notifications",
        verbose_name=_("person"),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    # Names the occasion ("reply:12"): the same one is never told twice.
    key = models.CharField(_("occasion"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    body = models.TextField(_("text"), blank=True)
    path = models.CharField(_("address on the site"), max_length=255)
    # False for somebody who only wants the e-mail.
    is_on_site = models.BooleanField(_("shown on the site"), default=True)
    created_at = models.DateTimeField(_("told"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        """What is always true of notifications."""

        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        constraints = [
            models.UniqueConstraint(name="one_notification_an_occasion", fields=["recipient", "key"]),
            models.CheckConstraint(
                name="notification_leads_into_the_site",
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"),
            ),
        ]
        indexes = [
            models.Index(name="notifications_inbox", fields=["recipient", "-created_at", "-id"]),
            models.Index(
                name="notifications_unread",
                fields=["recipient"],
                condition=Q(read_at=None, is_on_site=True),
            ),
        ]

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    @property
    def is_read(self) -> bool:
        """Say whether it was opened."""
        return self.read_at is not None


def unread_count(user: User) -> int:
    """Return how many notifications wait in a person's inbox. One query."""
    return Notification.objects.inbox_of(user).unread().count()


class Preference(models.Model):
    """How a person wishes to be told. Somebody who never chose has no row, and the defaults.

    Decisions on one's own messages always stand on the site: they carry the reason and the way to contest it
    (Regulation (EU) 2022/2065, article 17).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="notification_preference",
        verbose_name=_("person"),
    )
    email_decisions = models.BooleanField(_("decisions by e-mail"), default=True)
    email_replies = models.BooleanField(_("replies by e-mail"), default=True)
    email_featured = models.BooleanField(_("featured arguments by e-mail"), default=False)
    site_replies = models.BooleanField(_("replies on the site"), default=True)
    site_featured = models.BooleanField(_("featured arguments on the site"), default=True)

    class Meta:
        """One row a person, or none."""

        verbose_name = _("preference")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        """Return whose it is."""
        return str(self.user)

    @classmethod
    def of(cls, user: User) -> "Preference":
        """Return a person's preference, unsaved and with the defaults when he never chose. One query."""
        return cls.objects.filter(user=user).first() or cls(user=user)

    def wants_email(self, kind: str) -> bool:
        """Say whether the person wants an e-mail of this kind; what concerns the desk is told there alone."""
        return {
            Kind.RELEASED.value: self.email_decisions,
            Kind.REJECTED.value: self.email_decisions,
            Kind.REPLY.value: self.email_replies,
            Kind.FEATURED.value: self.email_featured,
        }.get(kind, False)

    def wants_on_site(self, kind: str) -> bool:
        """Say whether the person wants to read this kind on the site."""
        return {Kind.REPLY.value: self.site_replies, Kind.FEATURED.value: self.site_featured}.get(kind, True)


def new_message_id() -> str:
    """Return a Message-ID (RFC 5322, section 3.6.4) of this house, never used before."""
    return f"<{uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


def first_attempt_at() -> datetime:
    """Return when the sweep may first take an e-mail written down now."""
    return timezone.now() + FIRST_SWEEP


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Which e-mails."""

    def claimable(self, now: datetime) -> Self:
        """Return the e-mails that nobody is sending: queued ones, and those whose sender has been lost."""
        return self.filter(
            Q(state=Delivery.State.QUEUED) | Q(state=Delivery.State.SENDING, claimed_until__lt=now),
        )

    def due(self, now: datetime) -> Self:
        """Return what a sweep should send at ``now``, the longest waiting first."""
        return self.claimable(now).filter(next_attempt_at__lte=now).order_by("next_attempt_at", "id")


class Delivery(models.Model):
    """The e-mail of a notification, from the transaction that told it to the server's 250."""

    class State(models.TextChoices):
        """Where the e-mail is."""

        QUEUED = "queued", _("Waiting")
        SENDING = "sending", _("Being sent")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")
        SUPPRESSED = "suppressed", _("Not wanted any more")

    notification = models.OneToOneField(
        Notification,
        models.CASCADE,
        related_name="delivery",
        verbose_name=_("notification"),
    )
    address = models.EmailField(_("e-mail address"), max_length=254)
    # The same at every attempt, so that a receiving server can drop a second copy.
    message_id = models.CharField(_("Message-ID"), max_length=255, unique=True, default=new_message_id, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=first_attempt_at)
    claimed_until = models.DateTimeField(_("held until"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("last error"), blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        """What is always true of e-mails."""

        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        constraints = [
            models.CheckConstraint(
                name="only_a_sent_email_has_a_date",
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="an_email_being_sent_is_held_until_some_time",
                condition=~Q(state="sending") | Q(claimed_until__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                name="emails_due",
                fields=["next_attempt_at", "id"],
                condition=Q(state__in=["queued", "sending"]),
            ),
        ]

    def __str__(self) -> str:
        """Return the Message-ID."""
        return self.message_id

    @property
    def is_settled(self) -> bool:
        """Say whether nothing more will be attempted."""
        return self.state not in {Delivery.State.QUEUED, Delivery.State.SENDING}
