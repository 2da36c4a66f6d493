"""Who may do what with the pages about the house."""

from django.contrib.auth.models import AnonymousUser

from newsroom.accounts.models import User


def can_rewrite(user: User | AnonymousUser) -> bool:
    """Say whether the person may change what a page about the house says."""
    return user.has_perm("pages.change_page")
