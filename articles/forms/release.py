"""An article's address and dates, which two people may set at the same time: they have no revisions to merge by."""

import json
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models import Article

CALENDAR = ("published_at", "embargo_until", "unpublish_at")
RELEASE = ("slug", *CALENDAR)


def release_of(article: Article) -> dict[str, str]:
    """Return the address and the dates as the form knows them: whole seconds, "" for none."""
    return {name: as_known(getattr(article, name)) for name in RELEASE}


def as_known(value: Any) -> str:
    """Return an address or a moment in one form, whatever its time zone."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0).isoformat()
    return value or ""


def known_from(sent: str) -> dict[str, Any]:
    """Return the address and the dates on which a form says that it was opened; nothing where it says none."""
    try:
        known = json.loads(sent or "{}")
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}


def in_words(value: Any) -> str:
    """Return an address or a moment as editors read it."""
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return value or _("nothing")
