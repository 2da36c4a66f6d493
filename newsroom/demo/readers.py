"""How often the demo's articles were read: figures for the desk and for what is read most."""

import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from articles.models import Article
from newsroom.audience.gathering import write
from newsroom.audience.ranking import rank

DAYS = 30
# Of a day's readers, how many come in each hour from midnight on: few at night, most in the morning and after dinner.
HOURS = (1, 0, 0, 0, 1, 2, 5, 9, 12, 10, 8, 7, 9, 8, 6, 5, 5, 6, 7, 8, 10, 9, 6, 3)


def load_views(known: Mapping[str, Article]) -> None:
    """Let each article that is public have been read since it came out, less from day to day, as chance has it.

    The same chance at each loading. Makes the lists of what is read most.
    """
    now = timezone.now()
    chance = random.Random(12)  # noqa: S311 - the same demo each time
    views: Counter[tuple[int, datetime]] = Counter()
    public = set(Article.objects.published(now).values_list("pk", flat=True))
    for article in known.values():
        liking = chance.uniform(0.2, 3.0)
        if article.pk in public and article.published_at:
            views += _read(article.pk, article.published_at, now, liking)
    write(uuid4(), views)
    rank()


def _read(article_id: int, published_at: datetime, now: datetime, liking: float) -> Counter[tuple[int, datetime]]:
    """Return the views of one article by the hour, from its publication on, at most 30 days back."""
    hour = max(published_at, now - timedelta(days=DAYS)).replace(minute=0, second=0, microsecond=0)
    views: Counter[tuple[int, datetime]] = Counter()
    while hour <= now:
        age = (hour - published_at) / timedelta(days=1)
        times = round(liking * HOURS[timezone.localtime(hour).hour] * 4 / (1 + max(0.0, age)))
        if times:
            views[article_id, hour] = times
        hour += timedelta(hours=1)
    return views
