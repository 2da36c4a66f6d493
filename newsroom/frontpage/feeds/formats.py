"""The ways of writing a feed, by the ending of its address."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, NamedTuple

from newsroom.frontpage.feeds import atom, jsonfeed, podcast, rss
from newsroom.frontpage.feeds.entries import Entry, Head


class Format(NamedTuple):
    """How items and feeds are written. ``column`` is where an article's item is kept so written."""

    column: str
    content_type: str
    item: Callable[[Entry], str]
    feed: Callable[[Head, Iterable[str], datetime], str]


FORMATS: Final = {
    "rss": Format("rss", rss.CONTENT_TYPE, rss.item, rss.feed),
    "atom": Format("atom", atom.CONTENT_TYPE, atom.item, atom.feed),
    "json": Format("json", jsonfeed.CONTENT_TYPE, jsonfeed.item, jsonfeed.feed),
}
PODCAST: Final = Format("podcast", podcast.CONTENT_TYPE, podcast.item, podcast.feed)
