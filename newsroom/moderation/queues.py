"""What waits for a moderator: three queues that never share a message. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Count, F, IntegerField, Min, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from newsroom.discussions.models import Comment
from newsroom.moderation.models import Decision, Report

ROWS_A_PAGE = 25


class Queue(models.TextChoices):
    """The queues; the values stand in addresses, so they are French."""

    REPORTED = "signales", _("Reported")
    HELD = "attente", _("Waiting")
    ARGUMENTS = "arguments", _("Debate arguments")


class Origin(models.TextChoices):
    """Where a message was written."""

    ARTICLES = "articles", _("Articles")
    DEBATES = "debats", _("Debates")


class Order(models.TextChoices):
    """Which message comes first."""

    OLDEST = "anciens", _("Oldest first")
    MOST_REPORTED = "signales", _("Most reported first")


@dataclass(frozen=True)
class Filters:
    """What the moderator looks for; an empty value filters nothing."""

    words: str = ""
    origin: str = ""
    reason: str = ""
    order: str = Order.OLDEST

    @property
    def narrows(self) -> bool:
        """Say whether some messages may be left out."""
        return bool(self.words or self.origin or self.reason)


@dataclass(frozen=True)
class Load:
    """One queue in the side navigation: how many messages wait."""

    queue: Queue
    count: int


def loads() -> list[Load]:
    """Return the length of each queue, whatever the filters, in two queries."""
    held = Comment.objects.held().aggregate(
        plain=Count("pk", filter=Q(argument=None)),
        arguments=Count("pk", filter=Q(argument__isnull=False)),
    )
    return [
        Load(Queue.REPORTED, _reported().count()),
        Load(Queue.HELD, held["plain"]),
        Load(Queue.ARGUMENTS, held["arguments"]),
    ]


def waiting(queue: str, filters: Filters) -> QuerySet[Comment]:
    """Return the comments of a queue, oldest first unless asked otherwise, with all that a row shows.

    Each has ``waiting_since``, ``report_count``, ``last_decision``, ``author_published`` and ``author_rejected``;
    the number of queries does not depend on the number of rows.
    """
    chosen = _filtered(_members(queue), filters)
    first = ["-report_count"] if filters.order == Order.MOST_REPORTED else []
    return with_row_data(chosen).order_by(*first, "waiting_since", "id")  # type: ignore[misc] # annotated in with_row_data


def oldest_since(queue: str) -> datetime | None:
    """Return since when the oldest message of a queue has waited; None for an empty queue."""
    comments = _members(queue)
    if queue == Queue.REPORTED:
        comments = comments.filter(reports__settled_at=None)
        since: datetime | None = comments.aggregate(since=Min("reports__created_at"))["since"]
    else:
        since = comments.aggregate(since=Min("created_at"))["since"]
    return since


def with_row_data(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Add what a row shows: reports, last decision, the author's record, thread, parent and position."""
    return (
        comments.annotate(
            report_count=Coalesce(
                _a_figure(Report.objects.filter(settled_at=None, comment=OuterRef("pk")), "comment"), 0
            ),
            waiting_since=Coalesce(
                Subquery(Report.objects.open().filter(comment=OuterRef("pk")).values("created_at")[:1]),
                F("created_at"),
            ),
            last_decision=Coalesce(
                Subquery(Decision.objects.filter(comment=OuterRef("pk")).order_by("-id").values("pk")[:1]),
                0,
                output_field=IntegerField(),
            ),
            author_published=Coalesce(_a_figure(_by_same_author("published"), "author"), 0),
            author_rejected=Coalesce(_a_figure(_by_same_author("rejected", "removed"), "author"), 0),
        )
        .select_related("thread", "parent", "argument__position")
        .prefetch_related(
            Prefetch("reports", Report.objects.open().select_related("reporter"), to_attr="open_reports"),
        )
    )


def _members(queue: str) -> QuerySet[Comment]:
    if queue == Queue.HELD:
        return Comment.objects.held().filter(argument=None)
    if queue == Queue.ARGUMENTS:
        return Comment.objects.held().filter(argument__isnull=False)
    return _reported()


def _reported() -> QuerySet[Comment]:
    """Published comments, arguments among them, with a report that nobody has settled."""
    return Comment.objects.published().filter(pk__in=Report.objects.filter(settled_at=None).values("comment"))


def _filtered(comments: QuerySet[Comment], filters: Filters) -> QuerySet[Comment]:
    if filters.words:
        words = filters.words
        comments = comments.filter(
            Q(author_name__icontains=words) | Q(source__icontains=words) | Q(thread__title__icontains=words),
        )
    if filters.origin == Origin.ARTICLES:
        comments = comments.filter(thread__debate=None)
    elif filters.origin == Origin.DEBATES:
        comments = comments.filter(thread__debate__isnull=False)
    if filters.reason:
        reported = Report.objects.filter(settled_at=None, reason=filters.reason)
        comments = comments.filter(pk__in=reported.values("comment"))
    return comments


def _by_same_author(*states: str) -> QuerySet[Comment]:
    return Comment.objects.filter(author=OuterRef("author"), status__in=states)


def _a_figure(rows: QuerySet[Comment] | QuerySet[Report], grouped_by: str) -> Subquery:
    """Return a subquery that counts ``rows``, which share one value of ``grouped_by``."""
    counted = rows.order_by().values(grouped_by).annotate(figure=Count("pk")).values("figure")
    return Subquery(counted, output_field=IntegerField())
