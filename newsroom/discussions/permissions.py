"""Who may do what in threads. Pure functions of a person and an object."""

from django.contrib.auth.models import AnonymousUser

from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_take_part
from newsroom.discussions.models import Comment, Thread

MODERATE = "discussions.moderate_comment"
WITHDRAWABLE = (Comment.Status.PUBLISHED, Comment.Status.HELD)


def can_comment(user: User | AnonymousUser, thread: Thread) -> bool:
    """Say whether the person may write in the thread now."""
    return can_take_part(user) and thread.is_open


def can_withdraw(user: User | AnonymousUser, comment: Comment) -> bool:
    """Say whether the person may take the comment back: it is his own and nobody has removed it."""
    return user.is_authenticated and comment.author_id == user.pk and comment.status in WITHDRAWABLE


def can_moderate(user: User | AnonymousUser) -> bool:
    """Say whether the person decides on comments."""
    return user.has_perm(MODERATE)
