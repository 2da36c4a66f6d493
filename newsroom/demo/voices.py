"""What readers say under the articles of the demo, and what moderators made of it.

Old messages come in by `posting.bring_in`, which tells nobody. What a visitor should find in inboxes and on
the moderators' desk goes through the verbs that readers and moderators use, and is dated back afterwards.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from articles.models import Article
from newsroom.accounts.models import User
from newsroom.demo.content import read
from newsroom.demo.moments import Clock
from newsroom.demo.people import People
from newsroom.discussions.cards import redraw
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.moderating import pick
from newsroom.discussions.posting import bring_in, post
from newsroom.moderation.decisions import reject
from newsroom.moderation.reporting import report

# States of the content files in which a message is written by the reader's own verb.
FRESH = {"held", "rejected"}

# A described message, and the one it answers.
Told = tuple[dict[str, Any], dict[str, Any] | None]


def load_comments(clock: Clock, people: People, known: dict[str, Article]) -> None:
    """Fill the threads that are still empty: old messages first, then fresh ones, reports and decisions.

    Whoever has old messages is no newcomer to the screening of fresh ones.
    """
    empty: list[tuple[Thread, list[Told]]] = []
    for told in read("comments")["thread"]:
        thread = known[told["article"]].thread
        if thread is not None and not thread.comments.exists():
            empty.append((thread, sorted(_flat(told["comments"]), key=lambda pair: -pair[0]["h"])))
    written: dict[int, Comment] = {}
    for thread, messages in empty:
        _bring_old(thread, messages, written, clock, people)
    for thread, messages in empty:
        _write_fresh(thread, messages, written, clock, people)


def bring_replies(thread: Thread, parent: Comment, replies: list[dict[str, Any]], clock: Clock, people: People) -> None:
    """Bring in the old answers to a message of the demo, which knows their hour as `hours_ago`."""
    for told in replies:
        _brought(thread, parent, people[told["reader"]], told["text"], clock.ago(told["hours_ago"]))


def _bring_old(
    thread: Thread,
    messages: list[Told],
    written: dict[int, Comment],
    clock: Clock,
    people: People,
) -> None:
    """Bring in what is old, parents before replies, and note it in `written` under its description's id."""
    for told, parent in messages:
        if not _is_fresh(told):
            above = written[id(parent)] if parent else None
            written[id(told)] = _brought(thread, above, people[told["by"]], told["text"], clock.ago(told["h"]))


def _write_fresh(
    thread: Thread,
    messages: list[Told],
    written: dict[int, Comment],
    clock: Clock,
    people: People,
) -> None:
    """Write what is fresh as its reader would, then let readers report and the moderator decide."""
    for told, parent in messages:
        if _is_fresh(told):
            above = written[id(parent)] if parent else None
            comment = post(thread, text=told["text"], by=people[told["by"]], parent=above)
            _date_back(comment, clock.ago(told["h"]))
            written[id(told)] = comment
        _moderate(written[id(told)], told, clock, people)


def _flat(comments: list[dict[str, Any]], parent: dict[str, Any] | None = None) -> Iterator[Told]:
    """Yield every message with the one it answers."""
    for comment in comments:
        yield comment, parent
        yield from _flat(comment.get("replies", []), comment)


def _is_fresh(comment: dict[str, Any]) -> bool:
    return comment.get("live", False) or comment.get("state") in FRESH


def _brought(thread: Thread, parent: Comment | None, by: User, text: str, at: datetime) -> Comment:
    return bring_in(thread, text=text, author_name=by.signature, author=by, at=at, parent=parent)


def _date_back(comment: Comment, at: datetime) -> None:
    """Give a message that was written a moment ago the hour of the content file."""
    comment.created_at = at
    comment.published_at = comment.created_at if comment.is_published else None
    comment.save(update_fields=["created_at", "published_at"])
    redraw([comment])


def _moderate(comment: Comment, told: dict[str, Any], clock: Clock, people: People) -> None:
    """Report, choose or turn down a message, as its content file says."""
    moderator = people["moderation"]
    for signal in told.get("reports", []):
        filed = report(comment, people[signal["by"]], reason=signal["reason"], text=signal["note"])
        # Readers reported it half-way between its publication and now.
        filed.created_at = clock.ago(told["h"] / 2)
        filed.save(update_fields=["created_at"])
    if told.get("picked"):
        pick(comment, moderator)
    if told.get("state") in {"rejected", "removed"}:
        reject(comment, moderator, reason=told["reason"], message=told.get("message", ""))
