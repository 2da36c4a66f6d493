"""What is a reader's own on a page that is the same for everybody: menu, composer, held messages, votes.

Only what is published is looked at: asking about anything else is like asking about nothing.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.contrib.auth.models import Permission
from django.db.models import Count, Exists, Q, QuerySet, Subquery
from django.http import QueryDict

from articles.followable import followable
from debates.models import Argument, Debate
from debates.permissions import can_argue
from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_take_part
from newsroom.core.parameters import id_from
from newsroom.core.written import KEY, OTHER_KEY, Written
from newsroom.discussions import presence
from newsroom.discussions.forms import CommentForm
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.permissions import MODERATE, can_comment
from newsroom.discussions.reading import own_in, own_messages
from newsroom.notifications.models import Notification
from newsroom.taxonomy.following import is_followed
from polls.models import Poll, Vote
from polls.permissions import reason_against_voting


@dataclass(frozen=True)
class Place:
    """What the page at hand holds: ids of a thread, a debate, a consultation; None where it has none; what it is of."""

    thread_id: int | None
    debate_id: int | None
    poll_id: int | None
    follow: str = ""


def place_of(parameters: QueryDict) -> Place:
    """Read ``fil``, ``debat`` and ``consultation``, leaving out what is no id, and ``suivi``: what can be followed."""
    return Place(
        id_from(parameters.get("fil", "")),
        id_from(parameters.get("debat", "")),
        id_from(parameters.get("consultation", "")),
        parameters.get("suivi", ""),
    )


class Facts(NamedTuple):
    """What is asked of a person on every page, at once: unread notifications, the right to moderate, own messages."""

    unread: int
    can_moderate: bool
    has_written_here: bool


def pieces_for(user: User, place: Place) -> dict[str, Any]:
    """Return the context of ``frontpage/here/here.html``; remembers that the person is at the debate just now."""
    facts = _facts_of(user, place.thread_id)
    return {
        "person": user,
        "unread": facts.unread,
        "can_moderate": facts.can_moderate,
        **_thread_pieces(user, place.thread_id, has_written=facts.has_written_here),
        **_debate_pieces(user, place.debate_id),
        **_poll_pieces(user, place.poll_id),
        **_follow_pieces(user, place.follow),
    }


def _facts_of(user: User, thread_id: int | None) -> Facts:
    ((unread, may_moderate, has_written),) = _FACTS.rows(key=user.pk, other_key=thread_id or OTHER_KEY)
    return Facts(unread or 0, user.is_superuser or may_moderate, has_written)


def _facts() -> QuerySet[Any, Any]:
    """Return what is asked of the person ``KEY`` in the thread ``OTHER_KEY``; the right as ``can_moderate`` has it."""
    inbox = Notification.objects.inbox_of(User(pk=KEY)).unread().order_by().values("recipient")
    app, codename = MODERATE.split(".")
    granted = Permission.objects.filter(
        Q(user=KEY) | Q(group__user=KEY), codename=codename, content_type__app_label=app
    )
    own = own_messages(Comment.objects.filter(thread_id=OTHER_KEY), User(pk=KEY))
    people: QuerySet[Any, Any] = User.objects.filter(pk=KEY)
    return people.values_list(Subquery(inbox.annotate(total=Count("pk")).values("total")), Exists(granted), Exists(own))


_FACTS: Final = Written(_facts)


def _thread_pieces(user: User, thread_id: int | None, *, has_written: bool) -> dict[str, Any]:
    """Return the composer or why there is none, and the person's own messages in the thread."""
    if thread_id is None:
        return {}
    thread = Thread.objects.public().filter(pk=thread_id).first()
    if thread is None:
        return {}
    return {
        "thread": thread,
        "can_comment": can_comment(user, thread),
        "needs_verification": not can_take_part(user),
        "form": CommentForm(),
        "own_comments": own_in(thread, user) if has_written else [],
    }


def _debate_pieces(user: User, debate_id: int | None) -> dict[str, Any]:
    """Return the debate, the person's own vote and argument in it, and what he may do there."""
    if debate_id is None:
        return {}
    debate = Debate.objects.published().for_listing().filter(pk=debate_id).first()
    if debate is None:
        return {}
    presence.seen(debate.thread_id, user)
    argument = Argument.objects.by(user).filter(debate=debate).for_listing().first()
    return {
        "debate": debate,
        "debate_vote": _own_vote(user, debate.poll),
        "own_argument": None if argument is None or argument.can_be_replaced else argument,
        "votes_only": not can_argue(user, debate),
        "debate_reason": reason_against_voting(user, debate.poll),
    }


def _poll_pieces(user: User, poll_id: int | None) -> dict[str, Any]:
    """Return the consultation, the person's own answer and why he may not answer, if he may not."""
    if poll_id is None:
        return {}
    poll = Poll.objects.published().standalone().with_choices().filter(pk=poll_id).first()
    if poll is None:
        return {}
    return {"poll": poll, "poll_vote": _own_vote(user, poll), "poll_reason": reason_against_voting(user, poll)}


def _follow_pieces(user: User, place: str) -> dict[str, Any]:
    """Return what can be followed at ``place`` ("themes/vaccins") and whether the person follows it."""
    kind, _slash, slug = place.partition("/")
    follow = followable(kind, slug)
    return {} if follow is None else {"follow": follow, "is_followed": is_followed(follow.thing, by=user)}


def _own_vote(user: User, poll: Poll) -> Vote | None:
    return Vote.objects.by(user).filter(poll=poll).select_related("choice").first()
