"""What stands beside an article or a tag: short lists, in a number of queries that their length does not change."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, ExpressionWrapper, F, IntegerField, QuerySet, Value

from articles.models import Article, ArticleQuerySet, Selection
from articles.models.related import MOST_RELATED
from articles.models.selections import NEWSROOM_SELECTION
from articles.showing import shown
from newsroom.taxonomy.models import Tag

ALSO_READ = 3
SHELF = 5
PARTNER_SHELF = 3
MOST_COMMENTED = 3
RELATED_TAGS = 8
# Of how many articles a tag's neighbours are counted: what is related now, at the same cost for every tag.
NEWEST_TAGGED = 300
# What a row of the rail shows: an article has four times as many columns, and naming them all costs as much again.
ROW = (
    *("title", "slug", "kicker", "format", "sponsor", "audio_seconds", "published_at"),
    *("primary_specialty__name", "primary_specialty__slug", "primary_specialty__accent"),
    *("thread__comment_count", "thread__elsewhere_count"),
)
# Which list a row of the one query belongs to.
_RELATED, _FILED, _TALKED_ABOUT = range(3)


@dataclass(frozen=True)
class Shelf:
    """The first stories of a selection."""

    selection: Selection
    articles: list[Article]


@dataclass(frozen=True)
class Next:
    """What follows an article in the selection in which it stands."""

    selection: Selection
    article: Article


@dataclass(frozen=True)
class Surroundings:
    """What is offered beside and under an article; a shelf is None where its selection has nothing to show.

    ``following`` is None for an article that does not stand in the newsroom's selection, or last in it.
    """

    also_read: list[Article]
    most_commented: list[Article]
    newsroom: Shelf | None
    partner: Shelf | None
    following: Next | None


def around(article: Article, now: datetime | None = None) -> Surroundings:
    """Return what stands beside ``article`` at ``now``, never ``article`` itself: published stories by the clock."""
    shelves = _shelves(now)
    newsroom = next((shelf for shelf in shelves if not shelf.selection.is_partner), None)
    partner = next((shelf for shelf in shelves if shelf.selection.is_partner), None)
    also_read, most_commented = _beside(article, now)
    return Surroundings(
        also_read=also_read,
        most_commented=most_commented,
        newsroom=_without(article, newsroom, SHELF),
        partner=_without(article, partner, PARTNER_SHELF),
        following=_following(article, newsroom),
    )


def related_tags(tag: Tag) -> QuerySet[Tag]:
    """Return the tags that the newest published articles with ``tag`` carry beside it, the most frequent first."""
    newest = Article.objects.published().tagged(tag).newest_first().values("pk")[:NEWEST_TAGGED]
    alongside = Tag.objects.filter(article_tags__content_object__in=newest)
    counted = alongside.exclude(pk=tag.pk).annotate(shared=Count("article_tags"))
    related: QuerySet[Tag] = counted.order_by("-shared", "name")[:RELATED_TAGS]
    return related


def _beside(article: Article, now: datetime | None) -> tuple[list[Article], list[Article]]:
    """Return what goes with the article and what is most commented, in one query.

    What goes with it was stored when it was published (``articles.relating``). Where too little of that is public, or
    nothing was ever stored, the newest of its specialty make up the number. None of them is a partner's.
    """
    others = Article.objects.published(now).own().exclude(pk=article.pk).for_row().only(*ROW)
    stored = others.filter(related_to__article=article).order_by("related_to__position")
    branches = [
        _as(_RELATED, stored, F("related_to__position"))[:MOST_RELATED],
        _as(_TALKED_ABOUT, others.most_commented(now))[:MOST_COMMENTED],
    ]
    if article.primary_specialty is not None:
        branches.append(_as(_FILED, others.in_specialty(article.primary_specialty).newest_first())[:ALSO_READ])
    rows: list[Any] = list(branches[0].union(*branches[1:], all=True))
    related = sorted((row for row in rows if row.why == _RELATED), key=lambda row: row.place)
    filed = sorted((row for row in rows if row.why == _FILED), key=_recency, reverse=True)
    talked_about = [row for row in rows if row.why == _TALKED_ABOUT]
    talked_about.sort(key=lambda row: (row.comment_total, *_recency(row)), reverse=True)
    also_read = {row.pk: row for row in (*related, *filed)}
    return list(also_read.values())[:ALSO_READ], talked_about


def _as(why: int, articles: ArticleQuerySet, place: F | Value | None = None) -> ArticleQuerySet:
    """Return the articles with the list in which they stand and their place in it."""
    labelled: ArticleQuerySet = articles.annotate(
        why=Value(why, output_field=IntegerField()),
        place=ExpressionWrapper(place or Value(0), output_field=IntegerField()),
    )
    return labelled


def _recency(article: Article) -> tuple[Any, int]:
    return article.published_at, article.pk


def _shelves(now: datetime | None) -> list[Shelf]:
    """Return what the newsroom's selection and the partners' show, by title."""
    on_show = Selection.objects.filter(slug=NEWSROOM_SELECTION) | Selection.objects.partners()
    return [
        Shelf(block.selection, block.articles) for block in shown(on_show, Article.objects.for_row().only(*ROW), now)
    ]


def _without(article: Article, shelf: Shelf | None, most: int) -> Shelf | None:
    """Return the first stories of a shelf but the article itself; None where nothing else is on it."""
    others = [other for other in shelf.articles if other.pk != article.pk][:most] if shelf else []
    return Shelf(shelf.selection, others) if shelf and others else None


def _following(article: Article, newsroom: Shelf | None) -> Next | None:
    """Return the story after the article in the newsroom's selection."""
    if newsroom is None:
        return None
    stories = iter(newsroom.articles)
    stands_in_it = any(story.pk == article.pk for story in stories)
    after = next(stories, None) if stands_in_it else None
    return Next(newsroom.selection, after) if after else None
