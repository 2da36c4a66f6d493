"""What stands beside an article or a tag: short lists, each one query whatever its length."""

from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from articles.models import Article, Selection, SelectionItem
from articles.models.selections import NEWSROOM_SELECTION
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


def around(article: Article) -> Surroundings:
    """Return what stands beside ``article``, never ``article`` itself: published stories by the clock."""
    shelves = _shelves(article)
    others = Article.objects.published().exclude(pk=article.pk).for_row()
    related = others.none() if article.primary_specialty is None else others.in_specialty(article.primary_specialty)
    return Surroundings(
        also_read=list(related.newest_first()[:ALSO_READ]),
        most_commented=list(others.most_commented()[:MOST_COMMENTED]),
        newsroom=next((shelf for shelf in shelves if not shelf.selection.is_partner), None),
        partner=next((shelf for shelf in shelves if shelf.selection.is_partner), None),
    )


def related_tags(tag: Tag) -> QuerySet[Tag]:
    """Return the tags that published articles carry beside ``tag``, the most frequent first."""
    alongside = Tag.objects.filter(article_tags__content_object__in=Article.objects.published().tagged(tag))
    counted = alongside.exclude(pk=tag.pk).annotate(shared=Count("article_tags"))
    related: QuerySet[Tag] = counted.order_by("-shared", "name")[:RELATED_TAGS]
    return related


def _shelves(article: Article) -> list[Shelf]:
    """Return the shelves of the newsroom's selection and of the partners', by title; one query for all of them."""
    own, partners = Q(selection__slug=NEWSROOM_SELECTION), Q(selection__is_partner=True)
    rank = Window(RowNumber(), partition_by=F("selection"), order_by=["position", "id"])
    places = (
        SelectionItem.objects.filter(own | partners, article__in=Article.objects.published())
        .exclude(article=article)
        .annotate(rank=rank)
        .filter(rank__lte=SHELF)
        .select_related("selection", "article__thread", "article__primary_specialty")
        .defer("article__body", "article__body_html")
        .order_by("selection__title", "selection_id", "position", "id")
    )
    shelves: dict[Selection, list[Article]] = {}
    for place in places:
        shelves.setdefault(place.selection, []).append(place.article)
    return [
        Shelf(selection, articles[:PARTNER_SHELF] if selection.is_partner else articles)
        for selection, articles in shelves.items()
    ]
