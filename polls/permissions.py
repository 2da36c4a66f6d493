"""Who may vote. Whether a poll is open is its own state, not a permission: see ``voting``."""

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsroom.accounts.models import User
from polls.models import Poll


def can_vote(user: User | AnonymousUser, poll: Poll) -> bool:
    """Say whether the person belongs to those whom the poll asks."""
    return not reason_against_voting(user, poll)


def reason_against_voting(user: User | AnonymousUser, poll: Poll) -> str | Promise:
    """Return the sentence that tells the person why the poll does not ask him; empty when it does."""
    if not user.is_authenticated or not user.is_active:
        return _("Sign in to answer.")
    if poll.audience == Poll.Audience.PHYSICIANS and not user.is_verified_physician:
        return _("Only physicians whose title has been verified may answer here.")
    if poll.audience == Poll.Audience.PROFESSIONALS and not user.is_verified_professional:
        return _("Only health professionals whose title has been verified may answer here.")
    return ""
