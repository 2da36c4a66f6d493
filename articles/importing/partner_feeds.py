"""Reading partners' feeds into their selections: labelled stories, with an address elsewhere and an end here."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from articles.importing.fetching import Fetched, UnreachableError, fetch
from articles.importing.items import Flaw, Source, SourceItem, SourcePartner, UnreadableSourceError
from articles.importing.recognising import open_source
from articles.importing.taking import take
from articles.models import Article, PartnerFeed, Selection, SelectionItem
from articles.models.kinds import Format
from articles.models.selections import LONGEST_SELECTION
from articles.selecting import refresh
from newsroom.core.refusals import Refusal

# Of a feed the first stories are read; feeds put the latest first.
MOST_STORIES: Final = 50
LONGEST_ID: Final = 255


def read_feed(feed_id: int) -> None:
    """Read one partner's feed: take its stories in, put the newest into the partner's selection, note how it went.

    A feed that cannot be had or read is noted with the reason, and what was taken before stays. A story that the
    newsroom has changed or unpublished is left as it is. Records SelectionChanged when the selection is another.
    """
    feed = PartnerFeed.objects.readable().select_related("selection").filter(pk=feed_id).first()
    if feed is None:
        return
    faults: list[str] = []
    taken: list[Article] = []
    fetched: Fetched | None = None
    try:
        fetched = fetch(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        if fetched is not None:
            with _source(fetched.content) as source:
                taken = list(_taken(feed, islice(source.items, MOST_STORIES), faults))
    except (UnreachableError, UnreadableSourceError) as error:
        faults.append(str(error))
    _put_forward(feed.selection, taken)
    _note(feed, fetched, faults)


def active_feeds() -> list[int]:
    """Return the keys of the feeds that are read every hour."""
    return list(PartnerFeed.objects.readable().values_list("pk", flat=True))


@contextmanager
def _source(content: bytes) -> Iterator[Source]:
    """Yield the source in a feed's bytes, which readers of feeds want in a file."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feed"
        path.write_bytes(content)
        yield open_source(path)


def _taken(feed: PartnerFeed, items: Iterable[SourceItem | Flaw], faults: list[str]) -> Iterator[Article]:
    """Take the stories in that are of this day, each in its own transaction; yield them, and note what is refused."""
    now = timezone.now()
    for item in items:
        if isinstance(item, Flaw):
            faults.append(f"{item.label} : {item.reason}")
            continue
        try:
            article = _take(feed, item, now)
        except (DatabaseError, Refusal, ValueError) as error:
            faults.append(f"« {item.title[:60]} » : {str(error).partition(chr(10))[0]}")
        else:
            if article is not None:
                yield article


@transaction.atomic
def _take(feed: PartnerFeed, item: SourceItem, now: datetime) -> Article | None:
    """Take one story in and return it; None for one that is over, to come, or was unpublished by the newsroom.

    A story without a date has the date of its first reading.
    """
    source_id = own_id(feed, item.source_id)
    known = Article.objects.filter(source_id=source_id).first()
    if known is not None and not known.is_released:
        return None
    published_at = item.published_at or (known.published_at if known else None) or now
    ends_at = published_at + timedelta(days=feed.keeps_days)
    if not published_at <= now < ends_at:
        return None
    partner = SourcePartner(feed.selection.title, item.url, ends_at)
    story = replace(item, source_id=source_id, published_at=published_at, format=Format.PARTNER.value, partner=partner)
    # What the partner's readers say, and where the partner puts it, stays the partner's.
    take(replace(story, comments=(), comment_count=0, selections=()))
    return Article.objects.get(source_id=source_id)


def own_id(feed: PartnerFeed, source_id: str) -> str:
    """Return a story's id within its feed: a partner's id never meets that of another source's story."""
    whole = f"partner-{feed.pk}:{source_id}"
    return whole if len(whole) <= LONGEST_ID else f"partner-{feed.pk}:{hashlib.sha256(source_id.encode()).hexdigest()}"


@transaction.atomic
def _put_forward(selection: Selection, taken: list[Article]) -> None:
    """Show the newest of what was taken and of what the selection shows already, as far as it is public now."""
    shown = SelectionItem.objects.filter(edition__in=selection.editions.shown_at(), is_pinned=False)
    keys = {article.pk for article in taken} | {key for key in shown.values_list("article", flat=True) if key}
    refresh(selection, Article.objects.published().filter(pk__in=keys).newest_first()[:LONGEST_SELECTION])


def _note(feed: PartnerFeed, fetched: Fetched | None, faults: list[str]) -> None:
    """Note when the feed was read and what was wrong; only a sound reading is not asked for again."""
    feed.last_fetched_at = timezone.now()
    more = gettext("and %(count)d more") % {"count": len(faults) - 1} if len(faults) > 1 else ""
    feed.last_error = " ".join([*faults[:1], more]).strip()[:300]
    fields = ["last_fetched_at", "last_error"]
    if fetched is not None and not faults:
        feed.etag, feed.last_modified = fetched.etag, fetched.last_modified
        fields += ["etag", "last_modified"]
    feed.save(update_fields=fields)
