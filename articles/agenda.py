"""The editorial calendar: what goes out, and what ends, on which day of a month."""

import calendar
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from articles.models import Article, SelectionEdition
from articles.models.kinds import RELEASED

# What is dated in vain: what was put aside.
ASIDE = (Article.Status.TRASH, Article.Status.UNPUBLISHED)
MOST = 500


@dataclass(frozen=True)
class Entry:
    """Something on a day: when, what, and where it is worked on."""

    at: datetime
    what: str | Promise
    title: str
    address: str
    is_firm: bool = True


@dataclass(frozen=True)
class Day:
    """A square of the calendar."""

    day: date
    is_in_month: bool
    is_today: bool
    entries: list[Entry] = field(default_factory=list)


def month(year: int, number: int) -> list[list[Day]]:
    """Return the weeks of a month, from Monday, days of its neighbours included; two queries whatever there is.

    Days are those of the house's time zone.
    """
    weeks = calendar.Calendar().monthdatescalendar(year, number)
    zone = timezone.get_default_timezone()
    first = datetime.combine(weeks[0][0], time.min, zone)
    last = datetime.combine(weeks[-1][-1] + timedelta(days=1), time.min, zone)
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in sorted([*_of_articles(first, last), *_of_editions(first, last)], key=lambda entry: entry.at):
        by_day[timezone.localtime(entry.at).date()].append(entry)
    today = timezone.localdate()
    return [[Day(day, day.month == number, day == today, by_day[day]) for day in week] for week in weeks]


def _of_articles(first: datetime, last: datetime) -> Iterator[Entry]:
    moments = {
        "published_at": pgettext_lazy("calendar", "Publication"),
        "embargo_until": pgettext_lazy("calendar", "End of embargo"),
        "unpublish_at": pgettext_lazy("calendar", "End of publication"),
    }
    dated = Article.objects.none()
    for name in moments:
        dated |= Article.objects.filter(**{f"{name}__gte": first, f"{name}__lt": last})
    rows = dated.exclude(status__in=ASIDE).only("title", "status", *moments).order_by("published_at", "pk")
    for article in rows[:MOST]:
        address = reverse("admin:articles_article_change", args=[article.pk])
        for name, what in moments.items():
            at = getattr(article, name)
            if at is not None and first <= at < last:
                yield Entry(at, what, article.title, address, is_firm=article.status in RELEASED)


def _of_editions(first: datetime, last: datetime) -> Iterator[Entry]:
    starting = SelectionEdition.objects.filter(starts_at__gte=first, starts_at__lt=last).select_related("selection")
    for edition in starting[:MOST]:
        if edition.starts_at is not None:
            address = reverse("desk:selection", args=[edition.selection_id])
            what = pgettext_lazy("calendar", "Selection")
            yield Entry(edition.starts_at, what, edition.selection.title, address)
