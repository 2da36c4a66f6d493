"""What an editor sees on arriving at the desk: what waits for him, what goes out, what is in trouble."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models import (
    Article,
    ArticleRevision,
    Correction,
    EditingLock,
    Image,
    ReviewRequest,
    SelectionItem,
    Source,
)
from articles.rights import TOLD_BEFORE
from newsroom.accounts.models import User
from newsroom.audience.reading import DAY, most_read_with_views
from newsroom.discussions.models import Comment
from newsroom.scheduling.board import label_of, with_subjects
from newsroom.scheduling.models import ScheduledAction

ROWS = 6
DAYS = 7
# The most read of which some may be public no more.
WATCHED = 50
Status = Article.Status
IN_HAND = (Status.DRAFT, Status.FIX, Status.REVIEW, Status.APPROVED)


@dataclass(frozen=True)
class Figure:
    """A number and the list that it counts. An alarming one that is not zero stands out, by a word too."""

    label: str | Promise
    total: int
    address: str
    is_alarming: bool = False


@dataclass(frozen=True)
class Planned:
    """A planned action, with its subject, and what editors call it."""

    label: str
    action: ScheduledAction


@dataclass(frozen=True)
class Read:
    """An article and how often it was read in 24 hours."""

    article: Article
    views: int


@dataclass(frozen=True)
class Dashboard:
    """Everything on the page, fetched: a fixed number of queries whatever there is."""

    figures: Sequence[Figure]
    alerts: Sequence[Figure]
    drafts: Sequence[Article]
    reviews: Sequence[ReviewRequest]
    scheduled: Sequence[Planned]
    troubled: Sequence[Planned]
    locks: Sequence[EditingLock]
    published: Sequence[Article]
    most_read: Sequence[Read]
    corrections: Sequence[Correction]


def dashboard_for(person: User) -> Dashboard:
    """Return the desk's first page for somebody who sees articles."""
    now = timezone.now()
    planned = ScheduledAction.objects.waiting_in(DAYS)
    troubled = ScheduledAction.objects.undone().exclude(last_error="").order_by("-due_at")
    locks = EditingLock.objects.locked_now().select_related("holder", "article").order_by("since")
    corrections = Correction.objects.select_related("article").order_by("-made_at")
    return Dashboard(
        figures=_figures(),
        alerts=_alerts(person),
        drafts=list(_drafts_of(person)[:ROWS]),
        reviews=list(ReviewRequest.objects.open().for_queue()[:ROWS]),
        scheduled=_named(planned[:ROWS]),
        troubled=_named(troubled[:ROWS]),
        locks=list(locks[:ROWS]),
        published=list(Article.objects.published(now).own().newest_first().for_row()[:ROWS]),
        most_read=_most_read(),
        corrections=list(corrections.filter(made_at__gt=now - timedelta(days=30))[:ROWS]),
    )


def _named(actions: Iterable[ScheduledAction]) -> list[Planned]:
    return [Planned(label_of(action.kind), action) for action in with_subjects(actions)]


def _drafts_of(person: User) -> Any:
    """Return what the person has written on and nobody reads yet, the latest changed first."""
    written = ArticleRevision.objects.filter(article=OuterRef("pk"), by=person)
    drafts = Article.objects.filter(Exists(written), status__in=IN_HAND)
    return drafts.order_by("-changed_at", "-pk").only("title", "status", "changed_at", "published_at")


def _most_read() -> list[Read]:
    """Return what readers read most, of what they see now."""
    read = most_read_with_views(DAY, WATCHED)
    public = Article.objects.published().only("title").in_bulk([article_id for article_id, _views in read])
    return [Read(public[article_id], views) for article_id, views in read if article_id in public][:ROWS]


def _figures() -> list[Figure]:
    """Count articles by state, in one query, and requests for review, in another."""
    states = [Status.DRAFT, Status.REVIEW, Status.FIX, Status.APPROVED, Status.SCHEDULED, Status.MODIFIED]
    counted = Article.objects.filter(status__in=states).values_list("status").annotate(Count("pk")).order_by()
    totals = dict(counted)
    waiting = ReviewRequest.objects.open().aggregate(
        overdue=Count("pk", filter=Q(due_at__lt=timezone.now())),
    )
    by_state = [Figure(state.label, totals.get(state, 0), _articles(status__exact=state.value)) for state in states]
    overdue = Figure(_("Overdue reviews"), waiting["overdue"], reverse("desk:reviews"), is_alarming=True)
    return [*by_state, overdue]


def _alerts(person: User) -> list[Figure]:
    """Count what somebody should look at; what the person may not see is not counted for him."""
    today, now = timezone.localdate(), timezone.now()
    pictures, sources = reverse("admin:articles_image_changelist"), reverse("admin:articles_source_changelist")
    ending = Image.objects.rights_ending(today + TOLD_BEFORE)
    alerts = [
        Figure(_("Media without credit"), Image.objects.without_credit().count(), f"{pictures}?rayon=sans-credit"),
        Figure(_("Image rights over"), Image.objects.rights_over().count(), f"{pictures}?rayon=droits-echus"),
        Figure(_("Image rights ending within 14 days"), ending.count(), f"{pictures}?rayon=droits-bientot"),
        Figure(
            _("Retracted references that readers see"),
            Source.objects.to_settle().count(),
            f"{sources}?notice=to-settle",
        ),
        Figure(
            _("Articles past their review date"),
            Article.objects.published(now).filter(review_by__lt=today).count(),
            _articles(review_by__lt=today.isoformat()),
        ),
        Figure(
            _("Unpublished articles in selections"),
            SelectionItem.objects.gone_from_editions(now).count(),
            reverse("admin:articles_selection_changelist"),
        ),
    ]
    if person.has_perm("discussions.moderate_comment"):
        alerts.append(Figure(_("Comments to moderate"), Comment.objects.held().count(), reverse("moderation:queue")))
    return alerts


def _articles(**filters: str) -> str:
    """Return the address of the list of articles with these filters."""
    return f"{reverse('admin:articles_article_changelist')}?{urlencode(filters)}"
