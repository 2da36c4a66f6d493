"""Asking for a second pair of eyes, taking it on, answering."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.events import ReviewAsked, ReviewSettled
from articles.models import Article, ArticleRevision, ReviewRequest
from articles.permissions import Person, can_review, can_write, member
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record

Kind = ReviewRequest.Kind
Outcome = ReviewRequest.Outcome


def ask(article: Article, by: User | None, kind: str = Kind.EDITORIAL, **wishes: Any) -> ReviewRequest:
    """Open a request for review, or bring the wishes of the open one up to date, and return it.

    ``wishes``: priority, due_at, assignee. The caller holds the article's row. Records ReviewAsked for a new one.
    """
    given = {name: value for name, value in wishes.items() if value is not None}
    request, is_new = ReviewRequest.objects.update_or_create(
        article=article,
        kind=kind,
        settled_at=None,
        defaults=given,
        create_defaults={**given, "asked_by": by},
    )
    if is_new:
        record(ReviewAsked(request.pk))
    return request


@transaction.atomic
def take_on(request: ReviewRequest, by: Person) -> ReviewRequest:
    """Say "I am on it", so that nobody does it twice; return the request.

    Raises PermissionDenied to whom may not answer requests of this kind, Refusal when it is settled or a colleague has
    taken it on: he lets it go first, or it is given to somebody.
    """
    request, by = _held(request, by), member(by)
    if request.taken_by is not None and request.taken_by != by:
        raise Refusal(_("%(name)s is already on it.") % {"name": request.taken_by.full_name})
    request.taken_by, request.taken_at = by, timezone.now()
    request.save(update_fields=["taken_by", "taken_at"])
    return request


@transaction.atomic
def let_go(request: ReviewRequest, by: Person) -> ReviewRequest:
    """Put the request back for others, whoever had taken it on. Raises as ``take_on``."""
    request = _held(request, by)
    request.taken_by = request.taken_at = None
    request.save(update_fields=["taken_by", "taken_at"])
    return request


@transaction.atomic
def plan(
    request: ReviewRequest, by: Person, *, priority: str, due_at: datetime | None, assignee: User | None
) -> ReviewRequest:
    """Say how urgent the request is, until when and for whom. Raises PermissionDenied, Refusal when it is settled."""
    request = ReviewRequest.objects.select_for_update().get(pk=request.pk)
    if not can_write(by, request.article):
        raise PermissionDenied
    _refuse_settled(request)
    if assignee is not None and not can_review(assignee, request):
        raise Refusal(_("%(name)s may not answer this kind of request.") % {"name": assignee.full_name})
    request.priority, request.due_at, request.assignee = priority, due_at, assignee
    request.save(update_fields=["priority", "due_at", "assignee"])
    return request


@transaction.atomic
def settle(
    request: ReviewRequest, outcome: str, by: Person, *, note: str = "", version: int | None = None
) -> ReviewRequest:
    """Answer a request with what was found in the text as it now stands, and return it.

    ``version`` is the revision that was read, where the caller knows it: the text may have changed under his eyes.
    Raises PermissionDenied to whom may not, Refusal when it is settled, for changes asked for without saying which, and
    for an approval of a text that was not read. Records ReviewSettled. Order of locks: article, request.
    """
    article = Article.objects.select_for_update(of=["self"]).get(pk=request.article_id)
    request = _held(request, by)
    if outcome == Outcome.APPROVED and version is not None and changed_since(article, version):
        raise Refusal(_("The text has changed since you opened it: read it again before you approve it."))
    if outcome == Outcome.CHANGES and not note.strip():
        raise Refusal(_("Say what is to be changed."))
    request.outcome, request.note = outcome, note.strip()
    request.settled_by, request.settled_at = member(by), timezone.now()
    request.version = article.version
    request.save(update_fields=["outcome", "note", "settled_by", "settled_at", "version"])
    record(ReviewSettled(request.pk))
    return request


def is_approved(article: Article, kind: str) -> bool:
    """Say whether the latest review of that kind approved, and the text as it now stands."""
    settled = article.reviews.filter(kind=kind, settled_at__isnull=False)
    latest = settled.order_by("-settled_at", "-pk").values_list("outcome", "version").first()
    if latest is None:
        return False
    outcome, version = latest
    return outcome == Outcome.APPROVED and not changed_since(article, version or 0)


def changed_since(article: Article, version: int) -> bool:
    """Say whether somebody changed the text after that revision."""
    return article.revisions.filter(number__gt=version, kind=ArticleRevision.Kind.SAVE).exists()


def _held(request: ReviewRequest, by: Person) -> ReviewRequest:
    # Nothing is joined: PostgreSQL reads the row anew once it has the lock, but not what was joined to it before.
    held = ReviewRequest.objects.select_for_update().get(pk=request.pk)
    if not can_review(by, held):
        raise PermissionDenied
    _refuse_settled(held)
    return held


def _refuse_settled(request: ReviewRequest) -> None:
    if not request.is_open:
        raise Refusal(_("This request has been answered: %(outcome)s.") % {"outcome": request.get_outcome_display()})
