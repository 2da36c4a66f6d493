"""How text, dates and numbers are shown in French: `{% load typo %}`.

The site speaks French only, so months and separators are written here rather than drawn from a locale.
"""

import datetime as dt
from typing import Final

from django import template
from django.utils import timezone
from django.utils.safestring import SafeData

from newsroom.core.rendering import printable
from newsroom.core.typography import NARROW, NO_BREAK, typo_text

register = template.Library()

WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS: Final = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SECONDS_A_MINUTE: Final = 60
MINUTES_AN_HOUR: Final = 60
MINUTES_A_DAY: Final = 24 * MINUTES_AN_HOUR


register.filter("printable", printable)


@register.filter
def typo(value: object) -> str:
    """Set plain text in French typography; the template escapes the result as usual.

    HTML (a SafeString) passes unchanged: nothing may transform text after it was sanitised. None gives "".
    """
    text = "" if value is None else str(value)
    return text if isinstance(text, SafeData) else typo_text(text)


@register.filter
def mid_sentence(value: str) -> str:
    """Set a label inside a sentence: "Rédactrice en chef" becomes "rédactrice en chef", "ORL" stays. Empty gives ""."""
    is_word = len(value) > 1 and value[0].isupper() and (value[1].islower() or value[1] in "'’ ")
    return value[0].lower() + value[1:] if is_word else value


@register.filter(expects_localtime=True)
def date_fr(value: dt.date | None) -> str:
    """Give a date for lists and bylines: 12/05/2025. None gives ""."""
    return value.strftime("%d/%m/%Y") if value else ""


@register.filter(expects_localtime=True)
def date_long(value: dt.date | None) -> str:
    """Give a date for sentences: 12 mai 2025, 1er mai 2025. None gives ""."""
    if not value:
        return ""
    day = "1er" if value.day == 1 else str(value.day)
    return f"{day}{NO_BREAK}{MONTHS[value.month - 1]} {value.year}"


@register.filter(expects_localtime=True)
def date_weekday(value: dt.date | None) -> str:
    """Give a date with its weekday: lundi 12 mai 2025. None gives ""."""
    return f"{WEEKDAYS[value.weekday()]} {date_long(value)}" if value else ""


@register.filter(expects_localtime=True)
def time_fr(value: dt.datetime | None) -> str:
    """Give the hour of a moment: 9 h 30, 14 h. None gives ""."""
    if not value:
        return ""
    minutes = f"{NARROW}{value.minute:02d}" if value.minute else ""
    return f"{value.hour}{NARROW}h{minutes}"


@register.filter(expects_localtime=True)
def machine_time(value: dt.datetime | None) -> str:
    """Give a moment as machines read it: 2025-05-12T09:30:00+02:00. None gives "".

    To the second: HTML knows no microseconds (thousandths at most), which ``date:"c"`` writes.
    """
    return value.isoformat(timespec="seconds") if value else ""


@register.filter
def count_fr(value: int | None) -> str:
    """Give a whole number with its thousands apart: 1 204. None gives ""."""
    return "" if value is None else f"{value:,d}".replace(",", NARROW)


@register.filter
def percent_fr(value: int | None) -> str:
    """Give a whole percentage: 58 %. None gives ""."""
    return "" if value is None else f"{value:d}{NARROW}%"


@register.filter
def duration_min(value: int | None) -> str:
    """Give a length in minutes: 24 min, 1 h 05. None gives ""."""
    if value is None:
        return ""
    hours, minutes = divmod(value, MINUTES_AN_HOUR)
    if not hours:
        return f"{minutes}{NARROW}min"
    return f"{hours}{NARROW}h{NARROW}{minutes:02d}" if minutes else f"{hours}{NARROW}h"


@register.filter
def age_fr(value: dt.datetime | None) -> str:
    """Give how long ago a moment was, in its largest unit: 5 min, 20 h, 3 jours. None gives ""."""
    if not value:
        return ""
    minutes = max(1, int((timezone.now() - value).total_seconds()) // SECONDS_A_MINUTE)
    hours, days = minutes // MINUTES_AN_HOUR, minutes // MINUTES_A_DAY
    if days:
        return f"{days}{NO_BREAK}jour{'s' if days > 1 else ''}"
    return f"{hours}{NARROW}h" if hours else f"{minutes}{NARROW}min"


@register.simple_tag
def today() -> dt.date:
    """Give today's date in the site's time zone, for the masthead: `{% today as day %}`."""
    return timezone.localdate()
