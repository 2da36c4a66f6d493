"""Who may report and who may decide."""

from django.contrib.auth.models import AnonymousUser

from newsroom.accounts.models import User
from newsroom.discussions.models import Comment


def can_report(user: User | AnonymousUser, comment: Comment) -> bool:
    """Say whether the person may report the comment: anybody signed in, whose own it is not."""
    return user.is_authenticated and user.is_active and comment.author_id != user.pk


def can_decide(user: User | AnonymousUser) -> bool:
    """Say whether the person may decide on messages."""
    return user.has_perm("discussions.moderate_comment") and user.has_perm("moderation.add_decision")
