"""Releasing an article, and taking it back."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from articles.calendar import plan_calendar, show_thread, status_by_clock
from articles.events import ArticleChanged
from articles.models import Article
from articles.models.kinds import Status
from articles.permissions import Person, can_publish
from articles.workflow.moving import move
from articles.workflow.steps import Act
from newsroom.accounts.models import User
from newsroom.events.recording import record

CALENDAR = ("published_at", "embargo_until", "unpublish_at")


@transaction.atomic
def publish(article: Article, by: Person, *, at: datetime | None = None) -> Article:
    """Release the article and its thread from ``at`` on, or swap in its working version; return it as it now stands.

    Without ``at``: from the date that the editors have given it, else from now; an embargo holds both back until it
    is over. Publishing what is published and has no changes changes nothing. Reads the row anew under its lock.

    Raises PermissionDenied without the right to publish, Refusal naming everything that stands in the way. Records
    ArticlePublished once readers see it: now, or when the calendar says so; ArticleChanged for a swap.
    """
    editor = _publisher(article, by)
    article.hold()
    if article.is_modified:
        return move(article, Act.PUBLISH_CHANGES, editor)
    if article.is_released:
        return article
    return move(article, Act.PUBLISH, editor, at=at)


@transaction.atomic
def unpublish(article: Article, by: Person, *, notice: str = "") -> Article:
    """Take the article back and return it; its thread, hidden, and its date stay for when it comes back.

    Its address answers 410 with ``notice``. A working version becomes its text. Taking back what is not released
    changes nothing. Raises PermissionDenied without the right to publish. Records ArticleUnpublished.
    """
    editor = _publisher(article, by)
    article.hold()
    return move(article, Act.UNPUBLISH, editor, note=notice) if article.is_released else article


@transaction.atomic
def reschedule(
    article: Article,
    by: Person,
    *,
    published_at: datetime | None,
    embargo_until: datetime | None,
    unpublish_at: datetime | None,
) -> Article:
    """Give the article its dates, whether it is released or not, and return it as it now stands.

    A released article keeps a date: without ``published_at`` it keeps its own. Thread, state and planned actions follow
    at once. Raises PermissionDenied without the right to publish, IntegrityError for an end before the beginning.
    Records ArticleChanged for a released one.
    """
    _publisher(article, by)
    article.hold()
    if article.is_released:
        published_at = published_at or article.published_at
    article.has_been_public = article.was_public_at(timezone.now())
    dates = (published_at, embargo_until, unpublish_at)
    if dates == (article.published_at, article.embargo_until, article.unpublish_at):
        return article
    article.published_at, article.embargo_until, article.unpublish_at = dates
    if article.status in {Status.SCHEDULED, Status.PUBLISHED}:
        article.status = status_by_clock(article)
    article.save(update_fields=[*CALENDAR, "has_been_public", "status", "changed_at"])
    show_thread(article)
    plan_calendar(article)
    if article.is_released:
        record(ArticleChanged(article.pk))
    return article


def _publisher(article: Article, by: Person) -> User:
    if not (isinstance(by, User) and can_publish(by, article)):
        raise PermissionDenied
    return by
