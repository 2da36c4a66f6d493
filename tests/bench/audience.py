"""What is read most, of 100,000 articles that were all read in every hour of seven days."""

import time
from collections import Counter
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection
from django.utils import timezone

from newsroom.audience.gathering import write
from newsroom.audience.ranking import rank
from newsroom.audience.reading import DAY, WEEK, days_of, figures_of, most_read
from tests.bench.measuring import at_most, median_cpu_ms

ARTICLES = 100_000

# Each article read in each hour, from 1 to 97 times, in an order that has nothing to do with its number.
HOURS = """
    INSERT INTO audience_viewsinhour (article_id, hour, views)
    SELECT article, %s::timestamptz, 1 + (article * 7919 + %s) %% 97 FROM generate_series(1, %s) AS article
"""
DAYS = """
    INSERT INTO audience_viewsinday (article_id, day, views)
    SELECT article, %s::date, 24 * (1 + (article * 7919 + %s) %% 97) FROM generate_series(1, %s) AS article
"""


def most_read_articles():
    """Make the lists anew, and read them; the hours that no list looks at are left out, which spares two minutes."""
    now = timezone.now()
    _fill(now)
    began = time.monotonic()
    rank()
    yield at_most("site.rank_100000_articles", time.monotonic() - began, "s", 10)
    yield at_most("site.most_read_cpu", median_cpu_ms(lambda: most_read(WEEK, 10), times=51), "ms", 2)
    yield at_most("desk.audience_of_article_cpu", median_cpu_ms(lambda: (figures_of(7), days_of(7, 30))), "ms", 5)
    hour = now.replace(minute=0, second=0, microsecond=0)
    began = time.monotonic()
    write(uuid4(), Counter({(article, hour): 1 for article in range(1, 10_001)}))
    yield at_most("site.gather_10000_articles", time.monotonic() - began, "s", 5)


def _fill(now):
    with connection.cursor() as cursor:
        for passed in range(8, -1, -1):
            cursor.execute(DAYS, [timezone.localdate(now) - timedelta(days=passed), passed, ARTICLES])
        for span in (WEEK, DAY):
            start = (now - span).replace(minute=0, second=0, microsecond=0)
            next_day = timezone.localdate(start) + timedelta(days=1)
            midnight = timezone.make_aware(datetime.combine(next_day, datetime.min.time()))
            for number in range((midnight - start) // timedelta(hours=1)):
                cursor.execute(HOURS, [start + timedelta(hours=number), number, ARTICLES])
        cursor.execute("ANALYZE audience_viewsinhour, audience_viewsinday")
