"""Dates as feeds write them."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext

from articles.models.parts import EARLIEST_YEAR

# So far ahead of the clock, a date is a mistake of the source.
YEARS_AHEAD = 5


class DateFlaw(ValueError):  # noqa: N818 - it is a flaw of the source, told to a person
    """The date cannot be understood or believed; the message says so in a sentence."""


def read_date(text: str) -> datetime | None:
    """Return an aware moment from RFC 3339, "YYYY-MM-DD HH:MM:SS" (taken as local time) or RFC 822 text.

    None for an empty text or WordPress' "0000-00-00 00:00:00". Raises DateFlaw for anything else.
    """
    text = text.strip()
    if not text or text.startswith("0000-00-00"):
        return None
    moment = _parsed(text)
    if moment is None:
        raise DateFlaw(gettext("the date “%(date)s” cannot be understood") % {"date": text[:40]})
    if not EARLIEST_YEAR <= moment.year <= timezone.now().year + YEARS_AHEAD:
        raise DateFlaw(gettext("the date “%(date)s” is out of range") % {"date": text[:40]})
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment.astimezone(UTC)


def _parsed(text: str) -> datetime | None:
    try:
        moment = parse_datetime(text)
    except ValueError as error:
        raise DateFlaw(gettext("the date “%(date)s” is out of range") % {"date": text[:40]}) from error
    if moment is not None:
        return moment
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
