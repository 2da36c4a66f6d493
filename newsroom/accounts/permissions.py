"""Who may take part."""

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

if TYPE_CHECKING:
    from newsroom.accounts.models import User


def can_take_part(user: "User | AnonymousUser") -> bool:
    """Say whether the person may write in threads: a verified health professional, or one of the house."""
    if not user.is_authenticated or not user.is_active:
        return False
    return bool(user.is_verified_professional or user.is_staff)


def can_read_registered(user: "User | AnonymousUser") -> bool:
    """Say whether the person may read what is open to signed-in readers: whose e-mail address is confirmed; one query.

    Whom the house knows better, a professional whose title it has verified or one of its own, may read it anyway.
    """
    if not user.is_authenticated or not user.is_active:
        return False
    return can_read_professional(user) or EmailAddress.objects.filter(user=user, verified=True).exists()


def can_read_professional(user: "User | AnonymousUser") -> bool:
    """Say whether the person may read what is reserved for professionals."""
    return bool(user.is_authenticated and (user.is_verified_professional or user.is_staff))
