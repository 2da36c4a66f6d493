"""Threads and the comments in them. A thread knows nothing of what it hangs under: its owner holds it."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from newsroom.core.page_cache.sources import PageSource
from newsroom.core.rendering import RENDERER, stored

# One step of a materialised path: base-36 digits, so 1,679,616 children a comment (see tree.py).
STEP = 4
# Comments a person may write: long enough for an argument, short enough for a thread.
LONGEST = 10_000


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Which threads."""

    def public(self) -> Self:
        """Return the threads that readers may know of now. True by the clock."""
        now = timezone.now()
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=now), opens_at__lte=now)


class Thread(PageSource):
    """A discussion.

    ``title``, ``path``, ``opens_at`` and ``shown_until`` repeat its owner's and are kept in step by the owner's verbs.
    """

    class Moderation(models.TextChoices):
        """When messages are read by a moderator."""

        BEFORE = "before", _("Before publication")
        AFTER = "after", _("After publication")

    title = models.CharField(_("title"), max_length=255)
    path = models.CharField(_("address on the site"), max_length=255)
    moderation = models.CharField(_("moderation"), max_length=10, choices=Moderation, default=Moderation.AFTER)
    opens_at = models.DateTimeField(
        _("public"),
        null=True,
        blank=True,
        help_text=_("Readers may know of it from then on. Empty: hidden."),
    )
    shown_until = models.DateTimeField(_("public until"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    comment_count = models.PositiveIntegerField(_("published comments"), default=0)
    elsewhere_count = models.PositiveIntegerField(
        _("comments elsewhere"),
        default=0,
        help_text=_("Comments that the source of an imported article counted but did not hand over."),
    )
    roots = models.PositiveIntegerField(_("conversations ever begun"), default=0, editable=False)
    # Root comments that stand in the thread now: pages are counted without counting rows.
    conversation_count = models.PositiveIntegerField(_("conversations shown"), default=0, editable=False)
    # Raised by every change that readers can see.
    version = models.PositiveIntegerField(_("version"), default=0, editable=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        """A thread is found through its owner."""

        verbose_name = _("thread")
        verbose_name_plural = _("threads")

    def __str__(self) -> str:
        """Return the owner's title."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the owner's address."""
        return self.path

    @property
    def is_public(self) -> bool:
        """Say whether readers may know of the thread now; the same rule as ``public``."""
        now = timezone.now()
        is_over = self.shown_until is not None and self.shown_until <= now
        return self.opens_at is not None and self.opens_at <= now and not is_over

    @property
    def is_open(self) -> bool:
        """Say whether the thread takes comments now. A hidden one takes none."""
        return self.is_public and (self.closed_at is None or self.closed_at > timezone.now())

    @property
    def comment_total(self) -> int:
        """Return what lists show: published comments and those that stayed at the source."""
        return self.comment_count + self.elsewhere_count


class CommentQuerySet(models.QuerySet["Comment"]):
    """Which comments."""

    def published(self) -> Self:
        """Return what everybody may read who may read the thread."""
        return self.filter(status=Comment.Status.PUBLISHED)

    def in_public_threads(self) -> Self:
        """Return what stands where readers may go."""
        return self.filter(thread__in=Thread.objects.public())

    def held(self) -> Self:
        """Return what waits for a moderator."""
        return self.filter(status=Comment.Status.HELD)

    def shown(self) -> Self:
        """Return what stands in the thread: published comments, and placeholders of removed ones with replies."""
        return self.filter(Q(status=Comment.Status.PUBLISHED) | Q(status__in=Comment.GONE, live_descendants__gt=0))

    def by(self, user: Any) -> Self:
        """Return a person's own comments."""
        return self.filter(author_id=user.pk) if user.is_authenticated else self.none()

    def visible_to(self, user: Any) -> Self:
        """Return what the person may read: in public threads published ones and his own; all for moderators."""
        if user.is_authenticated and user.has_perm("discussions.moderate_comment"):
            return self
        readable = self.in_public_threads()
        if user.is_authenticated:
            return readable.filter(Q(status=Comment.Status.PUBLISHED) | Q(author_id=user.pk))
        return readable.published()


class Comment(models.Model):
    """What a reader wrote. Author, badge and HTML are kept as they were when it was written."""

    class Status(models.TextChoices):
        """Where a comment stands."""

        PUBLISHED = "published", _("Published")
        HELD = "held", _("Waiting")
        REJECTED = "rejected", _("Rejected")
        REMOVED = "removed", _("Removed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    GONE = (Status.REMOVED, Status.WITHDRAWN)

    class Badge(models.TextChoices):
        """What stands beside the author's name."""

        VERIFIED = "verified", _("Verified")
        STAFF = "staff", _("Newsroom")
        PLAIN = "plain", _("Plain")

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments", verbose_name=_("thread"))
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replies",
        verbose_name=_("in reply to"),
    )
    # Fixed-width base-36 steps from the root down: order by path is the order of reading.
    path = models.CharField(_("place in the tree"), max_length=STEP * 200, db_collation="C", editable=False)
    depth = models.PositiveSmallIntegerField(_("depth"), default=0, editable=False)
    children = models.PositiveIntegerField(_("replies ever written"), default=0, editable=False)
    live_descendants = models.PositiveIntegerField(_("published below"), default=0, editable=False)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="comments",
        verbose_name=_("author"),
    )
    author_name = models.CharField(_("signature"), max_length=140)
    author_initials = models.CharField(_("initials"), max_length=4, blank=True)
    author_title = models.CharField(_("title beside the signature"), max_length=140, blank=True)
    badge = models.CharField(_("badge"), max_length=10, choices=Badge, default=Badge.PLAIN)

    source = models.TextField(_("text"), max_length=LONGEST)
    html = models.TextField(_("rendered text"), editable=False)
    # The whole element as it stands in a thread, for everybody; pages only join these.
    card = models.TextField(_("rendered comment"), editable=False)
    renderer = models.PositiveSmallIntegerField(_("renderer"), default=RENDERER, editable=False)

    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.HELD)
    held_because = models.CharField(_("reason for holding"), max_length=200, blank=True)
    removal_reason = models.CharField(_("public reason for removal"), max_length=200, blank=True)
    is_pick = models.BooleanField(_("newsroom's selection"), default=False)
    created_at = models.DateTimeField(_("written"), default=timezone.now)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    # Made of the form's key and the text; the same twice is the same comment (a network that repeats, a double click).
    key = models.UUIDField(_("key of the form"), null=True, blank=True, editable=False)
    source_id = models.CharField(_("id at the source"), max_length=255, blank=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        """What is always true of comments."""

        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        permissions = [("moderate_comment", "Can moderate comments")]
        constraints = [
            models.UniqueConstraint(name="one_comment_a_place", fields=["thread", "path"]),
            models.UniqueConstraint(
                name="one_comment_a_form",
                fields=["thread", "author", "key"],
                condition=Q(key__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_comment_a_source_id",
                fields=["thread", "source_id"],
                condition=~Q(source_id=""),
            ),
            models.CheckConstraint(
                name="published_comment_has_a_date",
                condition=~Q(status="published") | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="root_comment_has_no_parent", condition=Q(depth=0, parent=None) | Q(depth__gt=0)
            ),
            models.CheckConstraint(name="comment_is_not_its_own_parent", condition=~Q(parent=F("id"))),
        ]
        indexes = [
            models.Index(name="conversations", fields=["thread", "created_at", "id"], condition=Q(depth=0)),
            models.Index(name="comments_held", fields=["created_at"], condition=Q(status="held")),
            models.Index(name="comments_by_author", fields=["author", "-created_at"]),
        ]

    def __str__(self) -> str:
        """Return who wrote it and where."""
        return f"{self.author_name} #{self.pk}"

    def get_absolute_url(self) -> str:
        """Return the permalink."""
        return reverse("discussions:comment", args=[self.pk])

    @property
    def is_published(self) -> bool:
        """Say whether everybody may read it."""
        return self.status == Comment.Status.PUBLISHED

    @property
    def is_held(self) -> bool:
        """Say whether it waits for a moderator."""
        return self.status == Comment.Status.HELD

    @property
    def is_gone(self) -> bool:
        """Say whether it was published and is no more: replies below it keep its place."""
        return self.status in Comment.GONE

    @property
    def takes_replies(self) -> bool:
        """Say whether it can be answered, as far as itself is concerned."""
        return self.is_published

    @property
    def safe_html(self) -> SafeString:
        """Return the rendered text for templates."""
        return stored(self.html)
