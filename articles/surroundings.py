"""What stands beside an article or a tag: short lists, in a number of queries that their length does not change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from operator import itemgetter
from typing import Any, Final

from django.db.models import Count, ExpressionWrapper, F, IntegerField, QuerySet, Value

from articles.models import Article, ArticleQuerySet, Selection
from articles.models.related import MOST_RELATED
from articles.models.selections import NEWSROOM_SELECTION
from articles.showing import shown
from newsroom.core.written import KEY, MOMENT, OTHER_KEY, Written
from newsroom.discussions.models import Thread
from newsroom.taxonomy.models import Specialty, Tag

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
    filed_under = article.primary_specialty_id
    written = _BESIDE if filed_under is None else _BESIDE_IN_SPECIALTY
    rows = written.rows(key=article.pk, other_key=filed_under or OTHER_KEY, now=now)
    ranked: dict[int, list[tuple[int, Article]]] = {_RELATED: [], _TALKED_ABOUT: [], _FILED: []}
    for why, place, *columns in rows:
        ranked[why].append((place, _as_row(columns)))
    related = [story for _place, story in sorted(ranked[_RELATED], key=itemgetter(0))]
    filed = sorted((story for _place, story in ranked[_FILED]), key=_recency, reverse=True)
    talked_about = [story for _place, story in ranked[_TALKED_ABOUT]]
    talked_about.sort(key=lambda story: (story.comment_total, *_recency(story)), reverse=True)
    also_read = {story.pk: story for story in (*related, *filed)}
    return list(also_read.values())[:ALSO_READ], talked_about


def _built(*, with_specialty: bool) -> QuerySet[Any, Any]:
    """Return the three lists as one query about the article ``KEY``, filed under ``OTHER_KEY``."""
    others = Article.objects.published(MOMENT).own().exclude(pk=KEY)
    stored = others.filter(related_to__article=KEY).order_by("related_to__position")
    branches = [
        _as(_RELATED, stored, F("related_to__position"))[:MOST_RELATED],
        _as(_TALKED_ABOUT, others.most_commented(MOMENT))[:MOST_COMMENTED],
    ]
    if with_specialty:
        filed = others.in_specialty(Specialty(pk=OTHER_KEY)).newest_first()
        branches.append(_as(_FILED, filed)[:ALSO_READ])
    return branches[0].union(*branches[1:], all=True)


_BESIDE: Final = Written(partial(_built, with_specialty=False))
_BESIDE_IN_SPECIALTY: Final = Written(partial(_built, with_specialty=True))


def _as(why: int, articles: ArticleQuerySet, place: F | Value | None = None) -> QuerySet[Any, Any]:
    """Return the rows of the articles with the list in which they stand and their place in it."""
    labelled = articles.annotate(
        why=Value(why, output_field=IntegerField()),
        place=ExpressionWrapper(place or Value(0), output_field=IntegerField()),
    )
    return labelled.values_list("why", "place", "pk", *ROW, "primary_specialty_id", "thread_id")


def _as_row(columns: Sequence[Any]) -> Article:
    """Return the article of a row, with its specialty and its thread; what the row does not hold is left to fetch."""
    told = dict(zip(("id", *ROW, "primary_specialty_id", "thread_id"), columns, strict=True))
    article: Article = _from(Article, told, "")
    if article.primary_specialty_id is not None:
        told["primary_specialty__id"] = article.primary_specialty_id
        article.primary_specialty = _from(Specialty, told, "primary_specialty__")
    if article.thread_id is not None:
        told["thread__id"] = article.thread_id
        article.thread = _from(Thread, told, "thread__")
    return article


def _from(kind: type[Any], told: dict[str, Any], prefix: str) -> Any:
    """Return a row of that kind made of the columns with the prefix: read from the database, as far as it knows."""
    own = {name.removeprefix(prefix): value for name, value in told.items() if name.startswith(prefix)}
    fields = [name for name in own if "__" not in name]
    # In the order of the table, as ``from_db`` takes them.
    columns = kind._meta.concrete_fields  # noqa: SLF001 - Django's public API
    ordered = [field.attname for field in columns if field.attname in fields]
    return kind.from_db("default", ordered, [own[name] for name in ordered])


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
