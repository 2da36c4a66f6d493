"""The table of transitions."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.calendar import status_by_clock, status_withdrawn
from articles.models import Article
from articles.models.kinds import RELEASED, Status
from articles.permissions import Person
from articles.workflow import checks, effects
from articles.workflow.steps import Act, Transition

WRITE, VALIDATE, PUBLISH = "articles.change_article", "articles.validate_article", "articles.publish_article"
IN_PROGRESS = frozenset({Status.DRAFT, Status.REVIEW, Status.FIX, Status.APPROVED})

_ROWS = (
    Transition(
        act=Act.SUBMIT,
        label=_("Send for review"),
        done=_("“%(title)s” is to be reviewed."),
        sources=frozenset({Status.DRAFT, Status.FIX}),
        target=Status.REVIEW,
        permission=WRITE,
        checks=(checks.has_a_title,),
        effects=(effects.keep_as_submitted, effects.ask_for_reviews),
    ),
    Transition(
        act=Act.ASK_CHANGES,
        label=_("Send back…"),
        done=_("“%(title)s” is to be reworked."),
        sources=frozenset({Status.REVIEW, Status.APPROVED}),
        target=Status.FIX,
        permission=VALIDATE,
        checks=(checks.says_what_is_to_change,),
        effects=(effects.answer_with_changes,),
        asks=("note",),
    ),
    Transition(
        act=Act.APPROVE,
        label=_("Approve"),
        done=_("“%(title)s” is approved."),
        sources=frozenset({Status.REVIEW}),
        target=Status.APPROVED,
        permission=VALIDATE,
        checks=(checks.was_read_by_another, checks.has_its_reviews),
        effects=(effects.answer_with_approval,),
    ),
    Transition(
        act=Act.PUBLISH,
        label=pgettext_lazy("button", "Publish"),
        done=_("“%(title)s” is published."),
        sources=IN_PROGRESS | {Status.UNPUBLISHED},
        target=status_by_clock,
        permission=PUBLISH,
        checks=(checks.is_complete, checks.was_read_by_another, checks.has_its_reviews),
        effects=(
            effects.date_it,
            effects.freeze_interests,
            effects.open_its_thread,
            effects.keep_as_published,
            effects.close_requests,
        ),
        consequences=(effects.follow_the_calendar, effects.tell_of_publication),
        asks=("at",),
    ),
    Transition(
        act=Act.UNSCHEDULE,
        label=_("Cancel the schedule"),
        done=_("“%(title)s” is no longer scheduled."),
        sources=frozenset({Status.SCHEDULED, Status.MODIFIED}),
        target=status_withdrawn,
        permission=PUBLISH,
        checks=(checks.is_still_to_come,),
        effects=(effects.swap_in, effects.forget_its_date),
        consequences=(effects.follow_the_calendar,),
    ),
    Transition(
        act=Act.PUBLISH_CHANGES,
        label=_("Publish the changes"),
        done=_("The changes of “%(title)s” are published."),
        sources=frozenset({Status.MODIFIED}),
        target=status_by_clock,
        permission=PUBLISH,
        checks=(checks.is_complete, checks.was_read_by_another, checks.has_its_reviews),
        effects=(
            effects.swap_in,
            effects.freeze_interests,
            effects.open_its_thread,
            effects.keep_as_published,
            effects.close_requests,
        ),
        consequences=(effects.tell_of_change,),
    ),
    Transition(
        act=Act.DISCARD_CHANGES,
        label=_("Drop the changes…"),
        done=_("The changes of “%(title)s” are dropped; the history still has them."),
        sources=frozenset({Status.MODIFIED}),
        target=status_by_clock,
        permission=WRITE,
        effects=(effects.drop_working_version, effects.drop_requests),
        is_destructive=True,
    ),
    Transition(
        act=Act.UNPUBLISH,
        label=_("Unpublish…"),
        done=_("“%(title)s” is no longer published."),
        sources=frozenset(RELEASED),
        target=status_withdrawn,
        permission=PUBLISH,
        effects=(effects.swap_in, effects.leave_a_notice),
        consequences=(effects.follow_the_calendar, effects.tell_of_withdrawal),
        asks=("note",),
        is_destructive=True,
    ),
    Transition(
        act=Act.REOPEN,
        label=_("Back to draft"),
        done=_("“%(title)s” is a draft again."),
        sources=frozenset({Status.REVIEW, Status.APPROVED, Status.FIX}),
        target=Status.DRAFT,
        permission=WRITE,
        effects=(effects.drop_requests,),
    ),
    Transition(
        act=Act.TRASH,
        label=_("Put in the bin…"),
        done=_("“%(title)s” is in the bin for 30 days."),
        sources=IN_PROGRESS,
        target=Status.TRASH,
        permission=WRITE,
        effects=(effects.drop_requests, effects.note_the_bin),
        is_destructive=True,
    ),
    Transition(
        act=Act.TAKE_OUT,
        label=_("Take out of the bin"),
        done=_("“%(title)s” is a draft again."),
        sources=frozenset({Status.TRASH}),
        target=Status.DRAFT,
        permission=WRITE,
        effects=(effects.leave_the_bin,),
    ),
)
TABLE: Mapping[Act, Transition] = {row.act: row for row in _ROWS}


def moves_from(article: Article, person: Person) -> list[Transition]:
    """Return what the person may do with the article where it stands, in the order of the table.

    Says nothing of the checks: they are asked when it is done, and their sentences say what to do.
    """
    possible = [row for row in _ROWS if article.status in row.sources and person.has_perm(row.permission)]
    is_to_come = status_by_clock(article) == Status.SCHEDULED
    return [row for row in possible if is_to_come or row.act != Act.UNSCHEDULE]
