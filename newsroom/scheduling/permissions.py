"""Who may try again what failed."""

from django.contrib.auth.models import AnonymousUser, PermissionsMixin


def can_retry(person: PermissionsMixin | AnonymousUser) -> bool:
    """Say whether the person may have a planned action tried again: those who publish, and administrators."""
    return person.has_perm("scheduling.retry_scheduledaction")
