"""The list of what is read most, made anew every few minutes: whoever shows it reads a few rows."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from newsroom.audience.models import MostRead

SPANS = (24, 7 * 24)
"""Hours."""

KEPT = 200
"""Places of a list: whoever shows ten finds them among these, whatever was unpublished since."""

# Whole days from their own sums, and only the day that the span begins in by its hours.
_MOST = """
    SELECT article_id, sum(views) AS total FROM (
        SELECT article_id, views FROM audience_viewsinhour WHERE hour >= %s AND hour < %s
        UNION ALL
        SELECT article_id, views FROM audience_viewsinday WHERE day >= %s
    ) AS counted
    GROUP BY article_id ORDER BY total DESC, article_id DESC LIMIT %s
"""


def rank() -> None:
    """Make both lists anew, as of now. Two runs at once write the same places in the same order."""
    now = timezone.now()
    for span in SPANS:
        most = most_since(now - timedelta(hours=span))
        rows = [
            MostRead(span=span, position=position, article_id=article_id, views=views)
            for position, (article_id, views) in enumerate(most, start=1)
        ]
        with transaction.atomic():
            MostRead.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["span", "position"],
                update_fields=["article_id", "views"],
            )
            MostRead.objects.filter(span=span, position__gt=len(rows)).delete()


def most_since(start: datetime) -> list[tuple[int, int]]:
    """Return the articles read most since the hour of ``start``, and how often.

    The most read first, the newest first among equals; at most ``KEPT``.
    """
    start = start.replace(minute=0, second=0, microsecond=0)
    next_day = timezone.localdate(start) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(next_day, datetime.min.time()))
    with connection.cursor() as cursor:
        cursor.execute(_MOST, [start, midnight, next_day, KEPT])
        return [(int(article_id), int(total)) for article_id, total in cursor.fetchall()]
