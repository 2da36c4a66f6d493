"""Articles' items as they are kept: written when a feed first shows them, and again after anything in them changed.

Nobody waits for anybody: what another process writes at this moment is written here too, and kept by that one.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone, translation

from articles.models import Article
from newsroom.frontpage.feeds.formats import FORMATS, PODCAST
from newsroom.frontpage.feeds.telling import entry_of, for_telling
from newsroom.frontpage.kept_items import FeedItem

# Raise it when what an item says, or how it is written, changes.
WRITERS: Final = 1
COLUMNS: Final = {way.column: way.item for way in (*FORMATS.values(), PODCAST)}
KEPT: Final = 'SELECT article_id, "{column}" FROM frontpage_feeditem WHERE article_id = ANY(%s)'
# Whoever numbers episodes holds this; the number says nothing.
NUMBERING: Final = 4_215_001
# Rows that somebody is changing at this moment are left for the next time.
NUMBER_EPISODES: Final = """
WITH free AS (
    SELECT i.article_id, a.published_at
    FROM frontpage_feeditem i JOIN articles_article a ON a.id = i.article_id
    WHERE a.format = 'podcast' AND a.audio <> '' AND a.audience = 'public' AND i.episode IS NULL
        AND a.status IN ('scheduled', 'published', 'modified') AND a.published_at <= %(now)s
        AND (a.embargo_until IS NULL OR a.embargo_until <= %(now)s)
    FOR UPDATE OF i SKIP LOCKED
), numbered AS (
    SELECT article_id, row_number() OVER (ORDER BY published_at, article_id)
        + (SELECT coalesce(max(episode), 0) FROM frontpage_feeditem) AS number
    FROM free
)
UPDATE frontpage_feeditem f SET episode = numbered.number, maker = ''
FROM numbered WHERE f.article_id = numbered.article_id
"""


def maker() -> str:
    """Return which writers write today, for which site: items of any other are written anew."""
    told = f"{settings.SITE_NAME} {settings.SITE_URL} {settings.MEDIA_URL}"
    return f"{WRITERS}-{sha256(told.encode()).hexdigest()[:10]}"


def kept_items(keys: Sequence[int], column: str) -> dict[int, str]:
    """Return the items of articles as they are kept in ``column``, one of ``COLUMNS``, by the articles' keys."""
    with connection.cursor() as cursor:
        cursor.execute(KEPT.format(column=column), [list(keys)])
        return dict(cursor.fetchall())


def written_anew(keys: Sequence[int]) -> dict[int, FeedItem]:
    """Write the items of articles, keep them, and return them by the articles' keys, in a fixed number of queries."""
    unnumbered = Article.objects.podcasts().filter(pk__in=keys, feed_item__episode=None).exclude(audio="")
    if unnumbered.exists():
        _number_episodes()
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        held = FeedItem.objects.select_for_update(skip_locked=True).filter(pk__in=keys)
        ours = set(held.values_list("pk", flat=True))
        # Read under the lock: what changes from now on waits, and empties the row once more.
        items = [_written(article) for article in for_telling(Article.objects.filter(pk__in=keys))]
        kept = [item for item in items if item.pk in ours]
        FeedItem.objects.bulk_update(kept, [*COLUMNS, "digest", "maker"])
    return {item.pk: item for item in items}


def _written(article: Article) -> FeedItem:
    entry, item = entry_of(article), article.feed_item
    texts = {column: write(entry) for column, write in COLUMNS.items()}
    for column, text in texts.items():
        setattr(item, column, text)
    item.digest = sha256("\0".join(texts.values()).encode()).hexdigest()[:16]
    item.maker = maker()
    return item


def _number_episodes() -> None:
    """Give the public podcasts without a number theirs, in the order of publication."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [NUMBERING])
        cursor.execute(NUMBER_EPISODES, {"now": timezone.now()})
