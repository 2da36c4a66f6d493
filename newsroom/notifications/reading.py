"""Reading one's notifications."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.notifications.models import Notification


def mark_read(notification: Notification, by: User) -> None:
    """Note that the recipient has opened a notification; the first time counts. Raises PermissionDenied for others."""
    if notification.recipient_id != by.pk:
        raise PermissionDenied
    Notification.objects.filter(pk=notification.pk).unread().update(read_at=timezone.now())


def mark_all_read(by: User) -> int:
    """Note that a person has seen all that is in the inbox; return how many were unread."""
    return Notification.objects.inbox_of(by).unread().update(read_at=timezone.now())
