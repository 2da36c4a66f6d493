"""What an editor may put into a selection: found by words, or the latest."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q
from django.utils import timezone

from articles.finding import cleaned, holding
from articles.models import Article, ArticleQuerySet, Selection

RECENT: Final = timedelta(days=30)


def candidates(selection: Selection, words: str = "", now: datetime | None = None) -> ArticleQuerySet:
    """Return the articles that may stand in ``selection``, the latest first: with ``words``, those that hold them.

    Without words the last 30 days. Stories whose hour is still to come are among them: an edition may start with
    them. The newsroom's own selections are offered nothing that somebody paid for.
    """
    now = now or timezone.now()
    released = Article.objects.released().filter(Q(unpublish_at=None) | Q(unpublish_at__gt=now))
    offered = released if selection.is_partner else released.own()
    asked = cleaned(words)
    found = holding(offered, asked) if asked else offered.filter(published_at__gte=now - RECENT)
    return found.newest_first().for_row()
