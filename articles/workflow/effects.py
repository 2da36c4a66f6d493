"""What a move does: effects while the article is still where it was, consequences once it stands where it goes.

The engine saves the article in between.
"""

from articles.calendar import plan_calendar, show_thread
from articles.contents import adopt_working, content_of, current_content
from articles.events import ArticleChanged, ArticlePublished, ArticleUnpublished
from articles.models import Byline, ReviewRequest
from articles.reviewing import Kind, Outcome, ask, settle
from articles.revising import Kind as RevisionKind
from articles.revising import keep
from articles.workflow.steps import Step
from newsroom.discussions.opening import open_thread, retitle
from newsroom.events.recording import record


def ask_for_reviews(step: Step) -> None:
    """Open the requests that the article needs: an editor's, and a physician's or a lawyer's where it says so."""
    wishes = {name: step.said.get(name) for name in ("priority", "due_at", "assignee")}
    ask(step.article, step.by, Kind.EDITORIAL, **wishes)
    if step.article.needs_medical_review:
        ask(step.article, step.by, Kind.MEDICAL, due_at=wishes["due_at"])
    if step.article.needs_legal_review:
        ask(step.article, step.by, Kind.LEGAL, due_at=wishes["due_at"])


def keep_as_submitted(step: Step) -> None:
    """Keep what was submitted, for ever."""
    keep(step.article, RevisionKind.SUBMIT, current_content(step.article), step.by)


def answer_with_approval(step: Step) -> None:
    """Answer the editorial request; one is made where nobody asked, so that the approval is on record."""
    settle(ask(step.article, step.by), Outcome.APPROVED, step.by, note=step.note)


def answer_with_changes(step: Step) -> None:
    """Answer the editorial request with what is to be changed."""
    settle(ask(step.article, step.by), Outcome.CHANGES, step.by, note=step.note)


def close_requests(step: Step) -> None:
    """Answer the editorial request that is still open: the article is released, which is the answer.

    To release is no physician's and no lawyer's judgement: what still asks for one is withdrawn.
    """
    asked = ReviewRequest.objects.open().filter(article=step.article)
    settled = {"outcome": Outcome.APPROVED, "settled_by": step.by, "settled_at": step.now}
    asked.filter(kind=Kind.EDITORIAL).update(**settled, version=step.article.version)
    asked.exclude(kind=Kind.EDITORIAL).delete()


def drop_requests(step: Step) -> None:
    """Withdraw what is still open: there is nothing left to read."""
    ReviewRequest.objects.open().filter(article=step.article).delete()


def date_it(step: Step) -> None:
    """Give it its date: the one that was said, else the editors' own, else now. That it was public once is kept."""
    article = step.article
    article.has_been_public = article.was_public_at(step.now)
    article.published_at = step.said.get("at") or article.published_at or step.now
    if article.unpublish_at is not None and article.unpublish_at <= max(step.now, article.published_at):
        # An end from the last time it was public.
        article.unpublish_at = None


def forget_its_date(step: Step) -> None:
    """Take its date away: it is released again with another."""
    step.article.published_at = None


def swap_in(step: Step) -> None:
    """Make the working version what readers see: columns and rows, at once."""
    adopt_working(step.article)


def drop_working_version(step: Step) -> None:
    """Return to what readers see. What was dropped stays in the history; that it was dropped stands there too."""
    step.article.working = None
    keep(step.article, RevisionKind.SAVE, content_of(step.article), step.by, note="")


def freeze_interests(step: Step) -> None:
    """Keep beside each new signature what its author declares today, where the byline says nothing of its own."""
    unfrozen = list(step.article.bylines.filter(are_interests_frozen=False).select_related("author"))
    for byline in unfrozen:
        byline.interests = byline.declared_interests
        byline.are_interests_frozen = True
    Byline.objects.bulk_update(unfrozen, ["interests", "are_interests_frozen"])


def keep_as_published(step: Step) -> None:
    """Keep what readers see from now on, for ever."""
    keep(step.article, RevisionKind.PUBLISH, content_of(step.article), step.by)


def open_its_thread(step: Step) -> None:
    """Open the thread under it, or bring the one it has back."""
    article = step.article
    if article.thread is None:
        article.thread = open_thread(article.title, article.get_absolute_url(), opens_at=None)
    else:
        retitle(article.thread, article.title, article.get_absolute_url())


def tell_of_publication(step: Step) -> None:
    """Record ArticlePublished if readers see it now; else the calendar does when they do."""
    if step.article.is_public_at(step.now):
        record(ArticlePublished(step.article.pk))


def tell_of_change(step: Step) -> None:
    """Record ArticleChanged."""
    record(ArticleChanged(step.article.pk))


def tell_of_withdrawal(step: Step) -> None:
    """Record ArticleUnpublished."""
    record(ArticleUnpublished(step.article.pk))


def follow_the_calendar(step: Step) -> None:
    """Bring the thread and the planned actions in step with the article's dates and its new state."""
    show_thread(step.article)
    plan_calendar(step.article)


def leave_a_notice(step: Step) -> None:
    """Keep what readers are told at its address, and forget the end that it had been given."""
    step.article.withdrawal_notice = step.note or step.article.withdrawal_notice
    step.article.unpublish_at = None


def note_the_bin(step: Step) -> None:
    """Note when it was put in the bin: it can be taken out for 30 days."""
    step.article.trashed_at = step.now


def leave_the_bin(step: Step) -> None:
    """Forget that it was in the bin."""
    step.article.trashed_at = None
