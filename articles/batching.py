"""The same act on many articles: asked for at once, done by a worker one by one, each with its own outcome."""

from collections.abc import Iterable
from functools import partial

import structlog
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from articles.models import Article, Batch, BatchItem
from articles.permissions import Person
from articles.publishing import publish, unpublish
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.workflow.table import TABLE
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.events.alarms import ring

log = structlog.get_logger(__name__)

Outcome = BatchItem.Outcome
# What many articles may be put through at once: what asks for no word about each.
ACTS = (Act.SUBMIT, Act.APPROVE, Act.PUBLISH, Act.UNPUBLISH, Act.REOPEN, Act.TRASH, Act.TAKE_OUT)
# An item that has killed its worker so many times is given up.
ATTEMPTS = 3
# Items a task does before it rings for the next one: well within its time limit.
A_ROUND = 100


@transaction.atomic
def ask_for(act: Act, articles: Iterable[Article], by: Person, *, note: str = "") -> Batch:
    """Write the act down for each of the articles and return the batch; a worker is asked to begin after commit.

    Raises PermissionDenied without the right to the act, Refusal without an article. The rights are asked again, and
    the state of each article, when its turn comes.
    """
    if act not in ACTS or not (isinstance(by, User) and by.has_perm(TABLE[act].permission)):
        raise PermissionDenied
    chosen = list(articles)
    if not chosen:
        raise Refusal(_("Choose at least one article."))
    batch = Batch.objects.create(act=act, by=by, note=note)
    BatchItem.objects.bulk_create(BatchItem(batch=batch, article=article) for article in chosen)
    transaction.on_commit(partial(ring, "articles.work_batches"), robust=True)
    return batch


def work(*, most: int = A_ROUND) -> int:
    """Do what waits, one article a transaction, at most ``most``; return how many were settled.

    Safe to run in several processes at once: each item is claimed by one. An article that fails, or that kills its
    worker, keeps none of the others waiting.
    """
    settled = 0
    for _round in range(most):
        item_id = _claim()
        if item_id is None:
            break
        settled += _settle(item_id)
    return settled


@transaction.atomic
def _claim() -> int | None:
    """Count an attempt at the next waiting item, in a transaction of its own; give up what has had too many."""
    waiting = BatchItem.objects.waiting().select_for_update(skip_locked=True)
    while (item := waiting.first()) is not None:
        if item.attempts < ATTEMPTS:
            item.attempts += 1
            item.save(update_fields=["attempts"])
            return item.pk
        _note(item, Outcome.FAILED, _("The worker was lost in mid-act."))
    return None


@transaction.atomic
def _settle(item_id: int) -> bool:
    """Do one item and note what became of it; both are true at once."""
    held = BatchItem.objects.waiting().select_for_update(of=["self"], skip_locked=True)
    item = held.select_related("batch__by", "article").filter(pk=item_id).first()
    if item is None:
        return False
    try:
        with transaction.atomic():
            act_on(item.article, Act(item.batch.act), item.batch.by, note=item.batch.note)
    except Refusal as refusal:
        _note(item, Outcome.REFUSED, str(refusal.message))
    except PermissionDenied:
        _note(item, Outcome.REFUSED, _("You no longer have the right to do this."))
    except Exception:
        log.exception("batch_item_failed", batch=item.batch_id, article=item.article_id)
        _note(item, Outcome.FAILED, _("An error on our side; the others were done all the same."))
    else:
        _note(item, Outcome.DONE, "")
    return True


def act_on(article: Article, act: Act, by: Person, *, note: str = "") -> None:
    """Do the act, of whatever name, with one article: as its button does.

    What is released already is published and what is not is taken back without a change. Raises PermissionDenied
    without the right to it, Refusal naming what stands in the way.
    """
    if act == Act.PUBLISH:
        publish(article, by)
    elif act == Act.UNPUBLISH:
        unpublish(article, by, notice=note)
    else:
        move(article, act, by, note=note)


def _note(item: BatchItem, outcome: str, message: str) -> None:
    item.outcome, item.message = outcome, message
    item.save(update_fields=["outcome", "message"])
