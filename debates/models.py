"""A debate: a question, its poll, its thread, and arguments that take a side."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from newsroom.core.page_cache.sources import PageSource
from newsroom.discussions.cards import accent_of
from newsroom.discussions.models import Comment, Thread
from newsroom.taxonomy.models import Specialty
from polls.models import Choice, Poll


class DebateQuerySet(models.QuerySet["Debate"]):
    """Which debates."""

    def published(self, now: datetime | None = None) -> Self:
        """Return the debates that readers may see at ``now``: opened, whether closed since or not."""
        return self.filter(poll__opens_at__lte=now or timezone.now())

    def open(self) -> Self:
        """Return the debates that take votes now."""
        return self.published().filter(Q(poll__closes_at=None) | Q(poll__closes_at__gt=timezone.now()))

    def newest_first(self) -> Self:
        """Order by opening, latest first."""
        return self.order_by("-poll__opens_at", "-id")

    def for_listing(self) -> Self:
        """Fetch what a list or box shows, featured arguments too, in a fixed number of queries."""
        featured = Argument.objects.published().featured().for_listing()
        return self.select_related("poll", "thread", "specialty").prefetch_related(
            "poll__choices",
            Prefetch("arguments", queryset=featured, to_attr="featured_arguments"),
        )

    def for_frame(self) -> Self:
        """Fetch what a frame in another site shows: question and result, in two queries."""
        return self.select_related("poll").prefetch_related("poll__choices")


class Debate(PageSource):
    """A question on which readers take sides. Its opening, closing and votes are its poll's."""

    lists = ("debates",)

    slug = models.SlugField(_("address"), max_length=100, unique=True)
    poll = models.OneToOneField(Poll, models.PROTECT, related_name="debate", verbose_name=_("poll"))
    thread = models.OneToOneField(Thread, models.PROTECT, related_name="debate", verbose_name=_("thread"))
    introduction = models.TextField(_("introduction"), blank=True)
    summary = models.TextField(_("newsroom's summary"), blank=True, help_text=_("Shown when the debate is closed."))
    specialty = models.ForeignKey(
        Specialty,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="debates",
        verbose_name=_("specialty"),
    )
    articles = models.ManyToManyField(
        Article, blank=True, related_name="debates", verbose_name=_("articles to read first")
    )
    source_id = models.CharField(_("id at the source"), max_length=255, blank=True, editable=False)
    # When DebateOpened and DebateClosed were recorded for the opening and closing that stand; see ``phases``.
    opening_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    closing_told_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = DebateQuerySet.as_manager()

    # Filled by ``for_listing``: one a side at most, latest featured first.
    featured_arguments: list["Argument"]

    class Meta:
        """Found again by a second import."""

        verbose_name = _("debate")
        verbose_name_plural = _("debates")
        constraints = [
            models.UniqueConstraint(name="one_debate_a_source_id", fields=["source_id"], condition=~Q(source_id="")),
        ]

    def __str__(self) -> str:
        """Return the question."""
        return self.question

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("debates:debate", args=[self.slug])

    @property
    def question(self) -> str:
        """Return the question, which is its poll's."""
        return self.poll.question

    @property
    def is_open(self) -> bool:
        """Say whether it takes votes and arguments now."""
        return self.poll.is_open

    @property
    def featured(self) -> "Argument | None":
        """Return the argument that boxes show, latest put forward; one query unless fetched ``for_listing``."""
        if "featured_arguments" not in self.__dict__:
            return self.arguments.published().featured().for_listing().first()
        return self.featured_arguments[0] if self.featured_arguments else None


class ArgumentQuerySet(models.QuerySet["Argument"]):
    """Which arguments."""

    def published(self) -> Self:
        """Return the arguments that everybody may read."""
        return self.filter(comment__status=Comment.Status.PUBLISHED)

    def featured(self) -> Self:
        """Return the arguments that the newsroom has put forward, latest first."""
        return self.filter(featured_at__isnull=False).order_by("-featured_at")

    def by(self, user: Any) -> Self:
        """Return a person's own arguments, whatever became of them."""
        return self.filter(author_id=user.pk) if user.is_authenticated else self.none()

    def featured_first(self) -> Self:
        """Order as a side shows them: what the newsroom put forward, then the newest."""
        return self.order_by(F("featured_at").desc(nulls_last=True), "-comment__created_at", "-pk")

    def for_listing(self) -> Self:
        """Fetch what a list shows."""
        return self.select_related("comment", "position")


class Argument(models.Model):
    """A comment that takes a side. Every word of a reader is a comment: one form, one screening, one queue."""

    debate = models.ForeignKey(Debate, models.PROTECT, related_name="arguments", verbose_name=_("debate"))
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="argument", verbose_name=_("comment"))
    position = models.ForeignKey(Choice, models.PROTECT, related_name="arguments", verbose_name=_("position"))
    # Repeats the comment's author, for the constraint; an imported argument has none.
    author = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="arguments",
        verbose_name=_("author"),
    )

    featured_at = models.DateTimeField(_("put forward"), null=True, blank=True, editable=False)

    objects = ArgumentQuerySet.as_manager()

    class Meta:
        """One argument a person and debate; one put forward a side."""

        verbose_name = _("argument")
        verbose_name_plural = _("arguments")
        constraints = [
            models.UniqueConstraint(name="one_argument_a_reader", fields=["debate", "author"]),
            models.UniqueConstraint(
                name="one_featured_argument_a_side",
                fields=["debate", "position"],
                condition=Q(featured_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the comment."""
        return str(self.comment)

    def get_absolute_url(self) -> str:
        """Return the address that opens it on the debate's page."""
        return f"{self.debate.get_absolute_url()}#arg-{self.pk}"

    @property
    def is_featured(self) -> bool:
        """Say whether the newsroom has put it forward."""
        return self.featured_at is not None

    @property
    def can_be_replaced(self) -> bool:
        """Say whether its author may write another: this one was withdrawn, rejected or removed."""
        return self.comment.status in (*Comment.GONE, Comment.Status.REJECTED)

    @property
    def opening(self) -> str:
        """Return the first paragraph of its text."""
        return self._paragraphs[0]

    @property
    def rest(self) -> list[str]:
        """Return the paragraphs after the first."""
        return self._paragraphs[1:]

    @property
    def _paragraphs(self) -> list[str]:
        return self.comment.source.split("\n\n")

    @property
    def accent(self) -> str:
        """Return the colour of its author's portrait."""
        return accent_of(self.comment.author_name)
