"""When readers see an article, and what is done at those moments.

Readers need nothing done: every public query asks the clock. What is planned here are the effects (facts for
notifications and caches, states for the desk), each carried out by ``newsroom.scheduling`` once, at its moment.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from articles.contents import adopt_working
from articles.events import ArticlePublished, ArticleUnpublished
from articles.models import Article
from articles.models.kinds import Status
from newsroom.discussions.opening import show_from
from newsroom.events.recording import record
from newsroom.scheduling.planning import cancel, plan

# Kinds of planned actions; ``newsroom.wiring`` says who carries them out.
PUBLISH, END_EMBARGO, UNPUBLISH = "articles.publish", "articles.end_embargo", "articles.unpublish"


def status_by_clock(article: Article) -> Status:
    """Return the state of a released article without changes: scheduled until its date, published from then on."""
    is_to_come = article.published_at is not None and article.published_at > timezone.now()
    return Status.SCHEDULED if is_to_come else Status.PUBLISHED


def status_withdrawn(article: Article) -> Status:
    """Return where an article goes that is taken back: one that nobody has seen is not announced as withdrawn."""
    return Status.UNPUBLISHED if article.was_public_at(timezone.now()) else Status.APPROVED


def show_thread(article: Article) -> None:
    """Let readers know of the thread exactly while they know of the article."""
    if article.thread is not None:
        show_from(article.thread, article.public_from, until=article.unpublish_at)


def plan_calendar(article: Article) -> None:
    """Plan what the article's dates ask for, and drop what they no longer do; called in the verb's transaction."""
    moments: dict[str, datetime | None] = {
        PUBLISH: article.published_at,
        END_EMBARGO: article.embargo_until,
        UNPUBLISH: article.unpublish_at,
    }
    now = timezone.now()
    for kind, at in moments.items():
        if article.is_released and at is not None and at > now:
            plan(kind, article.pk, at)
        else:
            cancel(kind, article.pk)


@transaction.atomic
def carry_out_publication(article_id: int) -> None:
    """Do what follows from the article's hour having come: its state, and ArticlePublished unless an embargo holds it.

    Called by the scheduler, once; a second call, or one that a change of date has overtaken, does nothing.
    """
    article = _held(article_id)
    now = timezone.now()
    if article.published_at is None or article.published_at > now:
        return
    if article.status == Status.SCHEDULED:
        article.status = Status.PUBLISHED
        article.save(update_fields=["status"])
    if article.is_public_at(now) and article.public_from == article.published_at:
        record(ArticlePublished(article.pk))


@transaction.atomic
def carry_out_end_of_embargo(article_id: int) -> None:
    """Record ArticlePublished when the embargo was the last thing that held the article back."""
    article = _held(article_id)
    held_longest = article.published_at is not None and article.public_from != article.published_at
    if held_longest and article.is_public_at(timezone.now()):
        record(ArticlePublished(article.pk))


@transaction.atomic
def carry_out_end(article_id: int) -> None:
    """Do what follows from the end of publication: state, thread, ArticleUnpublished.

    A working version becomes the article's text: nobody sees it any more, and it is not lost.
    """
    article = _held(article_id)
    if not article.is_released or article.unpublish_at is None or article.unpublish_at > timezone.now():
        return
    adopt_working(article)
    article.status = status_withdrawn(article)
    article.save(update_fields=["status", "working", "changed_at"])
    show_thread(article)
    record(ArticleUnpublished(article.pk))


def _held(article_id: int) -> Article:
    # Nothing is joined: PostgreSQL reads the row anew once it has the lock, but not what was joined to it before.
    return Article.objects.select_for_update(of=["self"]).get(pk=article_id)
