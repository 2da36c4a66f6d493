"""The life of a debate: opened, reworded while nobody has voted, closed by the clock; arguments put forward."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debates.events import ArgumentFeatured
from debates.models import Argument, Debate
from debates.permissions import can_edit
from debates.phases import keep_phases
from newsroom.accounts.models import User
from newsroom.core.page_cache.purging import changed
from newsroom.core.refusals import Refusal
from newsroom.discussions import opening
from newsroom.discussions.posting import bring_in
from newsroom.events.recording import record
from newsroom.taxonomy.models import Specialty
from polls.models import Choice, Poll


@transaction.atomic
def open_debate(  # noqa: PLR0913 - a debate has that many parts, named one by one
    *,
    question: str,
    slug: str,
    positions: tuple[str, str] = ("Oui", "Non"),
    opens_at: datetime | None,
    closes_at: datetime | None = None,
    introduction: str = "",
    audience: str = Poll.Audience.PHYSICIANS,
    specialty: Specialty | None = None,
    source_id: str = "",
) -> Debate:
    """Create a debate with its poll and its thread, and return it.

    Readers see it from ``opens_at`` on (None: a draft) and take part until ``closes_at``. Its two ``positions`` are
    the first and second side. A ``source_id`` already known returns the debate it made. Records DebateOpened and
    DebateClosed where their moments are past, and plans them for when they come.
    Asks for no permission: it is called for imports, and by the admin, which does.
    """
    if source_id and (known := Debate.objects.filter(source_id=source_id).first()):
        return known
    poll = Poll.objects.create(
        question=question,
        slug=poll_slug(slug),
        audience=audience,
        opens_at=opens_at,
        closes_at=closes_at,
        takes_changes=True,
        is_part_of_debate=True,
    )
    for place, label in enumerate(positions, start=1):
        Choice.objects.create(poll=poll, label=label, position=place)
    thread = opening.open_thread(question, _thread_path(slug), opens_at=opens_at)
    if closes_at is not None:
        opening.close(thread, closes_at)
    debate = Debate.objects.create(
        slug=slug,
        poll=poll,
        thread=thread,
        introduction=introduction,
        specialty=specialty,
        source_id=source_id,
    )
    keep_phases(debate.pk)
    return debate


@transaction.atomic
def reword(  # noqa: PLR0913 - what is voted on has that many parts
    debate: Debate,
    by: User,
    *,
    question: str,
    slug: str,
    positions: tuple[str, str],
    audience: str,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> None:
    """Change what is being voted on, and from when to when; keep poll, choices and thread in step.

    Both dates at once, because one alone may not fit the other. What opening and closing record follows the dates, as
    in ``open_debate``. Raises PermissionDenied to whom may not edit debates, and Refusal as soon as somebody has voted.
    """
    if not can_edit(by):
        raise PermissionDenied
    poll = Poll.objects.select_for_update(no_key=True).get(pk=debate.poll_id)
    if poll.is_frozen:
        raise Refusal(_("Readers have voted on this wording: it can no longer change."))
    poll.question, poll.slug, poll.audience = question, poll_slug(slug), audience
    poll.opens_at, poll.closes_at = opens_at, closes_at
    poll.save(update_fields=["question", "slug", "audience", "opens_at", "closes_at"])
    choices = list(poll.choices.all())
    for choice, label in zip(choices, positions, strict=True):
        choice.label = label
    # In one statement: the two sides may change places.
    Choice.objects.bulk_update(choices, ["label"])
    debate.slug, debate.poll = slug, poll
    debate.save(update_fields=["slug"])
    opening.retitle(debate.thread, question, _thread_path(slug))
    opening.show_from(debate.thread, opens_at)
    opening.close(debate.thread, closes_at)
    keep_phases(debate.pk)


@transaction.atomic
def close_at(debate: Debate, moment: datetime | None, by: User) -> None:
    """Take votes and messages until ``moment``, past or to come; None: without end.

    Records DebateClosed at once for a moment that is past, else when it comes. Raises PermissionDenied to whom may not
    edit debates; IntegrityError for a moment before the opening.
    """
    if not can_edit(by):
        raise PermissionDenied
    debate.poll.closes_at = moment
    debate.poll.save(update_fields=["closes_at"])
    opening.close(debate.thread, moment)
    keep_phases(debate.pk)


@transaction.atomic
def feature(argument: Argument, by: User) -> None:
    """Put an argument forward, at the head of its side and in boxes, instead of the one before it on that side.

    Records ArgumentFeatured. Raises PermissionDenied to whom may not edit debates, and Refusal for an argument that
    readers cannot see.
    """
    if not can_edit(by):
        raise PermissionDenied
    if not argument.comment.is_published:
        raise Refusal(_("Only a published argument can be put forward."))
    feature_quietly(argument)
    record(ArgumentFeatured(argument.pk, by.pk))


@transaction.atomic
def feature_quietly(argument: Argument) -> None:
    """Put an argument forward without permission or fact: for imports and the demo.

    The debate's row is locked: of two editors who each put another argument forward, the later one's stands.
    """
    Debate.objects.select_for_update(no_key=True).get(pk=argument.debate_id)
    side = Argument.objects.filter(debate=argument.debate_id, position=argument.position_id)
    side.featured().update(featured_at=None)
    argument.featured_at = timezone.now()
    argument.save(update_fields=["featured_at"])
    changed(f"debate:{argument.debate_id}")


@transaction.atomic
def stop_featuring(argument: Argument, by: User) -> None:
    """Put an argument back among the others. Raises PermissionDenied to whom may not edit debates."""
    if not can_edit(by):
        raise PermissionDenied
    argument.featured_at = None
    argument.save(update_fields=["featured_at"])
    changed(f"debate:{argument.debate_id}")


@transaction.atomic
def bring_in_argument(  # noqa: PLR0913 - the same parts as ``posting.bring_in``
    debate: Debate,
    position: Choice,
    *,
    text: str,
    author_name: str,
    at: datetime,
    author: User | None = None,
    author_title: str = "",
    source_id: str = "",
) -> Argument:
    """Take over an argument that was published elsewhere at ``at`` (an import, the demo) and return it.

    No vote, no screening, no permission, no facts. A ``source_id`` that the debate already holds returns that
    argument unchanged. Raises Refusal for an empty or too long text.
    """
    comment = bring_in(
        debate.thread,
        text=text,
        author_name=author_name,
        at=at,
        author=author,
        author_title=author_title,
        source_id=source_id,
    )
    values = {"debate": debate, "position": position, "author": author}
    argument, _is_new = Argument.objects.get_or_create(comment=comment, defaults=values)
    return argument


def poll_slug(slug: str) -> str:
    """Return the address of a debate's poll, which has no page: apart from those of consultations."""
    return f"debat-{slug}"


def _thread_path(slug: str) -> str:
    """Return where a debate's thread is read: the page of the discussion, argument by argument."""
    return reverse("debates:discussion", args=[slug])
