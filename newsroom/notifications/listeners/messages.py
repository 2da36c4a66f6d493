"""What readers are told when something happens to their messages."""

from django.template.loader import render_to_string
from django.utils.translation import gettext

from debates.events import ArgumentFeatured
from debates.models import Argument
from newsroom.discussions.events import CommentPublished, CommentRejected, CommentReleased
from newsroom.discussions.models import Comment
from newsroom.notifications.appeals import appeal_address
from newsroom.notifications.models import Kind
from newsroom.notifications.telling import tell


def tell_author_of_release(fact: CommentReleased) -> None:
    """Tell an author that a moderator has published the message.

    Not when he did it himself, when it has gone since, or when readers may not know of its thread.
    """
    comment = _comment(fact.comment_id)
    if comment is None or comment.author is None or comment.author_id == fact.by_id:
        return
    if not (comment.is_published and comment.thread.is_public):
        return
    tell(
        comment.author,
        kind=Kind.RELEASED,
        key=f"{Kind.RELEASED}:{comment.pk}:{fact.decided_at}",
        title=gettext("Your message is online"),
        body=gettext("A moderator has read it. It stands under “%(title)s”.") % {"title": comment.thread.title},
        path=comment.get_absolute_url(),
    )


def tell_author_of_rejection(fact: CommentRejected) -> None:
    """Tell an author that the message was refused or removed: the public reason, and how to contest it."""
    comment = _comment(fact.comment_id)
    if comment is None or comment.author is None or comment.author_id == fact.by_id:
        return
    if comment.status not in {Comment.Status.REJECTED, Comment.Status.REMOVED}:
        return
    is_removed = comment.status == Comment.Status.REMOVED
    tell(
        comment.author,
        kind=Kind.REJECTED,
        key=f"{Kind.REJECTED}:{comment.pk}:{fact.decided_at}",
        title=gettext("Your message was removed") if is_removed else gettext("Your message was not published"),
        body=render_to_string(
            "notifications/bodies/rejection.txt",
            {"comment": comment, "reason": fact.reason, "appeal_address": appeal_address()},
        ).strip(),
        path=comment.thread.path,
    )


def tell_author_of_reply(fact: CommentPublished) -> None:
    """Tell the author of a message that somebody else's reply to it is online, once, where readers may read it."""
    reply = _comment(fact.comment_id)
    if reply is None or reply.parent is None or not reply.thread.is_public:
        return
    if not (reply.is_published and reply.parent.is_published):
        return
    author = reply.parent.author
    if author is None or author == reply.author:
        return
    tell(
        author,
        kind=Kind.REPLY,
        key=f"{Kind.REPLY}:{reply.pk}",
        title=gettext("%(name)s has replied to you") % {"name": reply.author_name},
        body=gettext("Under “%(title)s”.") % {"title": reply.thread.title},
        path=reply.get_absolute_url(),
    )


def tell_author_of_featuring(fact: ArgumentFeatured) -> None:
    """Tell a reader that the newsroom has put the argument forward, once, if it still stands there."""
    argument = (
        Argument.objects.published()
        .featured()
        .select_related("debate__thread", "comment__author")
        .filter(pk=fact.argument_id)
        .first()
    )
    if argument is None or argument.comment.author is None or argument.comment.author_id == fact.by_id:
        return
    tell(
        argument.comment.author,
        kind=Kind.FEATURED,
        key=f"{Kind.FEATURED}:{argument.pk}",
        title=gettext("Your argument is featured"),
        body=gettext("The newsroom shows it beside the question “%(title)s”.")
        % {"title": argument.debate.thread.title},
        path=argument.get_absolute_url(),
    )


def _comment(comment_id: int) -> Comment | None:
    return Comment.objects.select_related("thread", "author", "parent__author").filter(pk=comment_id).first()
