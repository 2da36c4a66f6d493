"""What is a reader's own on a page that is the same for everybody: menu, composer, held messages, votes.

Only what is published is looked at: asking about anything else is like asking about nothing.
"""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from articles.followable import followable
from debates.models import Argument, Debate
from debates.permissions import can_argue
from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_take_part
from newsroom.core.parameters import id_from
from newsroom.discussions import presence
from newsroom.discussions.forms import CommentForm
from newsroom.discussions.models import Thread
from newsroom.discussions.permissions import can_comment, can_moderate
from newsroom.discussions.reading import own_in
from newsroom.notifications.models import unread_count
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


def pieces_for(user: User, place: Place) -> dict[str, Any]:
    """Return the context of ``frontpage/here/here.html``; remembers that the person is at the debate just now."""
    return {
        "person": user,
        "unread": unread_count(user),
        "can_moderate": can_moderate(user),
        **_thread_pieces(user, place.thread_id),
        **_debate_pieces(user, place.debate_id),
        **_poll_pieces(user, place.poll_id),
        **_follow_pieces(user, place.follow),
    }


def _thread_pieces(user: User, thread_id: int | None) -> dict[str, Any]:
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
        "own_comments": own_in(thread, user),
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
