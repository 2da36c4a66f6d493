"""What is read, for pages and for the desk."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from newsroom.audience.models import MostRead, ViewsInDay, ViewsInHour

DAY = timedelta(hours=24)
WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Figures:
    """How often one article was read: today, in seven days with today, and since counting began."""

    today: int
    week: int
    ever: int


def most_read(since: timedelta, limit: int) -> list[int]:
    """Return the ids of the articles read most in the last 24 hours (``DAY``) or seven days (``WEEK``).

    The most read first, at most ``limit`` of the 200 kept, as of a few minutes ago. An id may be of an
    article that is public no more: whoever shows them looks at the clock.
    Raises ValueError for another length of time. One query.
    """
    return [article_id for article_id, _views in most_read_with_views(since, limit)]


def most_read_with_views(since: timedelta, limit: int) -> list[tuple[int, int]]:
    """Return what ``most_read`` does, each id with its number of views."""
    if since not in {DAY, WEEK}:
        message = f"the most read are kept for {DAY} and {WEEK}, not for {since}"
        raise ValueError(message)
    places = MostRead.objects.filter(span=since // HOUR).order_by("position")
    return list(places.values_list("article_id", "views")[:limit])


def figures_of(article_id: int) -> Figures:
    """Return the figures of an article, in one query; what was read within the last minute is not in them yet."""
    today = timezone.localdate()
    sums = ViewsInDay.objects.filter(article_id=article_id).aggregate(
        today=Sum("views", filter=Q(day=today)),
        week=Sum("views", filter=Q(day__gt=today - WEEK)),
        ever=Sum("views"),
    )
    return Figures(**{name: number or 0 for name, number in sums.items()})


def days_of(article_id: int, number: int) -> list[tuple[date, int]]:
    """Return the last ``number`` days up to today, oldest first, each with its views; 0 where nobody read."""
    today = timezone.localdate()
    first = today - timedelta(days=number - 1)
    kept = dict(ViewsInDay.objects.filter(article_id=article_id, day__gte=first).values_list("day", "views"))
    return [(day, kept.get(day, 0)) for day in (first + timedelta(days=passed) for passed in range(number))]


def hours_of(article_id: int, number: int) -> list[tuple[datetime, int]]:
    """Return the last ``number`` hours up to this one, oldest first, each with its views; 0 where nobody read."""
    last = timezone.now().replace(minute=0, second=0, microsecond=0)
    first = last - HOUR * (number - 1)
    kept = dict(ViewsInHour.objects.filter(article_id=article_id, hour__gte=first).values_list("hour", "views"))
    hours = (first + HOUR * passed for passed in range(number))
    return [(timezone.localtime(hour), kept.get(hour, 0)) for hour in hours]
