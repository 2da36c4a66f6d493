"""What stands beside an article or a tag: short lists, in a number of queries that their length does not change."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from articles.models import Article, Selection
from articles.models.selections import NEWSROOM_SELECTION
from articles.showing import shown
from newsroom.taxonomy.models import Tag

ALSO_READ = 3
SHELF = 5
PARTNER_SHELF = 3
MOST_COMMENTED = 3
RELATED_TAGS = 8


@dataclass(frozen=True)
class Shelf:
    """The first stories of a selection."""

    selection: Selection
    articles: list[Article]


@dataclass(frozen=True)
class Surroundings:
    """The rail of an article's page; a shelf is None where its selection has nothing to show."""

    also_read: list[Article]
    most_commented: list[Article]
    newsroom: Shelf | None
    partner: Shelf | None


def around(article: Article, now: datetime | None = None) -> Surroundings:
    """Return what stands beside ``article`` at ``now``, never ``article`` itself: published stories by the clock."""
    shelves = _shelves(article, now)
    others = Article.objects.published(now).exclude(pk=article.pk).for_row()
    related = others.none() if article.primary_specialty is None else others.in_specialty(article.primary_specialty)
    return Surroundings(
        also_read=list(related.own().newest_first()[:ALSO_READ]),
        most_commented=list(others.most_commented(now)[:MOST_COMMENTED]),
        newsroom=next((shelf for shelf in shelves if not shelf.selection.is_partner), None),
        partner=next((shelf for shelf in shelves if shelf.selection.is_partner), None),
    )


def related_tags(tag: Tag) -> QuerySet[Tag]:
    """Return the tags that published articles carry beside ``tag``, the most frequent first."""
    alongside = Tag.objects.filter(article_tags__content_object__in=Article.objects.published().tagged(tag))
    counted = alongside.exclude(pk=tag.pk).annotate(shared=Count("article_tags"))
    related: QuerySet[Tag] = counted.order_by("-shared", "name")[:RELATED_TAGS]
    return related


def _shelves(article: Article, now: datetime | None) -> list[Shelf]:
    """Return the shelves of the newsroom's selection and of the partners', by title, ``article`` itself left out."""
    on_show = Selection.objects.filter(slug=NEWSROOM_SELECTION) | Selection.objects.partners()
    others = Article.objects.exclude(pk=article.pk).for_row()
    return [
        Shelf(block.selection, block.articles[: PARTNER_SHELF if block.selection.is_partner else SHELF])
        for block in shown(on_show, others, now)
    ]
