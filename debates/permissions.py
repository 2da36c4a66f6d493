"""Who may do what in debates. Pure functions of a person and an object."""

from django.contrib.auth.models import AnonymousUser

from debates.models import Debate
from newsroom.accounts.models import User
from newsroom.accounts.permissions import can_take_part
from polls.permissions import can_vote


def can_argue(user: User | AnonymousUser, debate: Debate) -> bool:
    """Say whether the person may give an argument: whoever may vote here and write in threads."""
    return can_vote(user, debate.poll) and can_take_part(user)


def can_edit(user: User | AnonymousUser) -> bool:
    """Say whether the person opens debates, changes them and puts arguments forward."""
    return user.has_perm("debates.change_debate")
