"""An e-mail from a delivery: subject, plain text and HTML that say the same, and honest headers."""

from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

import css_inline
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import Truncator

from newsroom.notifications.appeals import appeal_address
from newsroom.notifications.models import Delivery, Kind

# Signs of a subject that a telephone shows whole.
LONGEST_SUBJECT = 60


def message_of(delivery: Delivery) -> EmailMultiAlternatives:
    """Return the e-mail, ready to send; the same row gives the same Message-ID. No queries beyond the row's own.

    Headers: Auto-Submitted (RFC 3834), List-Id (RFC 2919), List-Unsubscribe (RFC 2369) with the page of settings.
    """
    notification = delivery.notification
    preferences = settings.SITE_URL + reverse("notifications:preferences")
    context: dict[str, Any] = {
        "notification": notification,
        "url": settings.SITE_URL + notification.path,
        "preferences_url": preferences,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    message = EmailMultiAlternatives(
        subject=Truncator(" ".join(notification.title.split())).chars(LONGEST_SUBJECT),
        body=render_to_string("notifications/mail/notification.txt", context),
        from_email=sanitize_address((settings.SITE_NAME, settings.DEFAULT_FROM_EMAIL), "utf-8"),
        to=[delivery.address],
        reply_to=[appeal_address()] if notification.kind == Kind.REJECTED else None,
        headers={
            "Message-ID": delivery.message_id,
            "Auto-Submitted": "auto-generated",
            "List-Id": f"<notifications.{urlsplit(settings.SITE_URL).hostname}>",
            "List-Unsubscribe": f"<{preferences}>",
        },
    )
    html = render_to_string("notifications/mail/notification.html", context)
    message.attach_alternative(_inliner().inline(html), "text/html")
    return message


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    """Styles go into the elements; media queries, which no attribute can hold, stay. Nothing is fetched."""
    return css_inline.CSSInliner(keep_at_rules=True, load_remote_stylesheets=False)
