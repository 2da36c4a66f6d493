"""The engine: one move, one transaction."""

from typing import Any

from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article
from articles.permissions import Person, member
from articles.workflow.steps import Act, Step, Transition
from articles.workflow.table import TABLE
from newsroom.core.refusals import Refusal

# The columns that moves decide on.
MOVED = (
    *("status", "working", "version", "thread", "published_at", "unpublish_at"),
    *("withdrawal_notice", "trashed_at", "has_been_public", "changed_at"),
)


@transaction.atomic
def move(article: Article, act: Act, by: Person, **said: Any) -> Article:
    """Do with the article what ``act`` says, and return it as it now stands.

    ``said`` is what the person added (see ``Step.said``). Reads the row anew under its lock: what was set on
    ``article`` and not saved is dropped. Raises PermissionDenied without the right to this move; Refusal where the
    article does not stand in a state from which it is made, and for all that stands in its way at once.

    Order: lock, permission, state, checks, effects, state saved, consequences, journal.
    """
    transition = TABLE[act]
    if not by.has_perm(transition.permission):
        raise PermissionDenied
    article.hold()
    _refuse_from_elsewhere(article, transition)
    step = Step(article, member(by), said)
    obstacles = [sentence for check in transition.checks for sentence in check(step)]
    if obstacles:
        raise Refusal(" ".join(obstacles))
    for effect in transition.effects:
        effect(step)
    target = transition.target
    article.status = target(article) if callable(target) else target
    article.save(update_fields=MOVED)
    for consequence in transition.consequences:
        consequence(step)
    _log(step, transition)
    return article


def _refuse_from_elsewhere(article: Article, transition: Transition) -> None:
    if article.status not in transition.sources:
        facts = {"act": transition.label, "state": article.get_status_display()}
        raise Refusal(_("“%(act)s” is not possible: the article’s state is now “%(state)s”.") % facts)


def _log(step: Step, transition: Transition) -> None:
    """Write the move into the journal that the admin shows."""
    said = transition.told(step.article)
    LogEntry.objects.log_actions(
        step.by.pk, [step.article], CHANGE, change_message=f"{said} {step.note}".strip(), single_object=True
    )
