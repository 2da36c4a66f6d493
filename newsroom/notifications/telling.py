"""Telling a person something, once: a notification on the site and, if wanted, an e-mail written down beside it."""

from functools import partial

from django.db import transaction

from newsroom.accounts.models import User
from newsroom.events.alarms import ring
from newsroom.notifications.models import Delivery, Notification, Preference


@transaction.atomic
def tell(  # noqa: PLR0913 - what is told has that many parts, all named by the caller
    recipient: User,
    *,
    kind: str,
    key: str,
    title: str,
    path: str,
    body: str = "",
) -> Notification | None:
    """Tell ``recipient`` something and return the notification; telling the same ``key`` again gives the first back.

    ``kind`` is one of ``Kind``, ``path`` an address on this site. Returns None, and tells nothing, when the account
    is closed or the person wants to hear of this kind neither on the site nor by e-mail. Side effect: after commit
    the worker is asked to send the e-mail.
    """
    if not recipient.is_active:
        return None
    preference = Preference.of(recipient)
    by_email, on_site = preference.wants_email(kind), preference.wants_on_site(kind)
    if not by_email and not on_site:
        return None
    notification, is_new = Notification.objects.get_or_create(
        recipient=recipient,
        key=key,
        defaults={"kind": kind, "title": title, "body": body, "path": path, "is_on_site": on_site},
    )
    if is_new and by_email:
        delivery = Delivery.objects.create(notification=notification, address=recipient.email)
        transaction.on_commit(partial(ring, "notifications.send_mail", delivery.pk), robust=True)
    return notification
