"""Who may do what with the home page."""

from django.contrib.auth.models import AnonymousUser

from newsroom.accounts.models import User

VIEW, CHANGE = "frontpage.view_homeedition", "frontpage.change_homeedition"


def can_recompose(user: User | AnonymousUser) -> bool:
    """Say whether the person may decide what the home page shows."""
    return user.has_perm(CHANGE)
