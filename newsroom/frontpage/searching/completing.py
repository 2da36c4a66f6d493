"""What a reader may mean who has begun to type: specialties, authors, tags and titles, each with its own address."""

from datetime import timedelta
from typing import Any, Final, NamedTuple

from django.db.models import DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.finding import cleaned
from articles.models import Article, ArticleTag
from newsroom.core.desk_search import Answers, Query, Words, beginning
from newsroom.core.folding import folded
from newsroom.core.typography import typo_text
from newsroom.frontpage.searching.asking import with_articles
from newsroom.taxonomy.models import Specialty, Tag
from newsroom.taxonomy.tagging import like

SHORTEST: Final = 2
MOST_SPECIALTIES, MOST_AUTHORS, MOST_TAGS, MOST_TITLES = 2, 2, 3, 5
# A beginning that many titles have is had by some of these.
LATEST: Final = 100


class Completion(NamedTuple):
    """Something that may be meant: what it is, what it is called, where it is."""

    kind: str
    text: str
    url: str


def completions(typed: str) -> list[Completion]:
    """Return at most twelve things whose name has every word typed, or words that begin so.

    Nothing for a single letter. Titles are the newest ones. Six queries at most.
    """
    typed = cleaned(typed)
    if sum(sign.isalnum() for sign in typed) < SHORTEST:
        return []
    authors = beginning(with_articles(), Words("name"), typed).order_by("name", "pk")[:MOST_AUTHORS]
    return [
        *_named(_("Specialty"), _specialties(typed)),
        *_named(_("Author"), list(authors)),
        *_named(_("Tag"), _tags(typed)),
        *_named(_("Article"), _titled(typed)),
    ]


def _named(kind: str, things: list[Any]) -> list[Completion]:
    return [Completion(kind, capfirst(typo_text(str(thing))), thing.get_absolute_url()) for thing in things]


def _titled(typed: str) -> list[Article]:
    """Return the newest articles with such a title: among the latest, and only where those are too few, among all."""
    has_words = Answers(Words("title"), Query(Value(typed)))
    articles = Article.objects.published().only("title", "slug", "published_at")
    latest = Article.objects.published().newest_first().values("pk")[:LATEST]
    found = list(articles.filter(has_words, pk__in=latest).newest_first()[:MOST_TITLES])
    if len(found) < MOST_TITLES:
        # Sorted by what no index holds, so that the index of titles is asked: it is a rare beginning. Read in order
        # of dates, the words of every title would have to be made on the way to the fifth.
        moment = ExpressionWrapper(F("published_at") + Value(timedelta(0)), output_field=DateTimeField())
        found = list(articles.filter(has_words).order_by(moment.desc(), "-pk")[:MOST_TITLES])
    return found


def _specialties(typed: str) -> list[Specialty]:
    words = folded(typed).split()
    return [one for one in Specialty.objects.all() if _begins(folded(one.name).split(), words)][:MOST_SPECIALTIES]


def _begins(names: list[str], words: list[str]) -> bool:
    """Say whether each word is the beginning of one of the names."""
    return all(any(name.startswith(word) for name in names) for word in words)


def _tags(typed: str) -> list[Tag]:
    """Return main tags that published articles carry: the others have no page."""
    alike = [tag.main.pk for tag in like(typed)]
    carried = ArticleTag.objects.filter(tag=OuterRef("pk"), content_object__in=Article.objects.published())
    tags = Tag.objects.filter(Exists(carried)).in_bulk(alike)
    return [tags[pk] for pk in alike if pk in tags][:MOST_TAGS]
