"""What stands beside an article or a tag: short lists, each one query whatever its length."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from articles.models import Article, Selection, SelectionItem
from newsroom.taxonomy.models import Tag

ALSO_READ = 3
PARTNERS = 3
MOST_COMMENTED = 3
RELATED_TAGS = 8


@dataclass(frozen=True)
class Surroundings:
    """The rail of an article's page. ``partner`` is None where no partner has anything to show."""

    also_read: list[Article]
    most_commented: list[Article]
    partner: Selection | None
    partner_articles: list[Article]


def around(article: Article) -> Surroundings:
    """Return what stands beside ``article``, never ``article`` itself: published stories by the clock."""
    places = _partner_places(article)
    others = Article.objects.published().exclude(pk=article.pk).for_row()
    related = others.none() if article.primary_specialty is None else others.in_specialty(article.primary_specialty)
    return Surroundings(
        also_read=list(related.newest_first()[:ALSO_READ]),
        most_commented=list(others.most_commented()[:MOST_COMMENTED]),
        partner=places[0].selection if places else None,
        partner_articles=[place.article for place in places],
    )


def related_tags(tag: Tag) -> QuerySet[Tag]:
    """Return the tags that published articles carry beside ``tag``, the most frequent first."""
    alongside = Tag.objects.filter(article_tags__content_object__in=Article.objects.published().tagged(tag))
    counted = alongside.exclude(pk=tag.pk).annotate(shared=Count("article_tags"))
    related: QuerySet[Tag] = counted.order_by("-shared", "name")[:RELATED_TAGS]
    return related


def _partner_places(article: Article) -> list[SelectionItem]:
    """Return the first places of the first partner's selection that has any."""
    places = (
        SelectionItem.objects.filter(selection__in=Selection.objects.partners())
        .filter(article__in=Article.objects.published())
        .exclude(article=article)
        .select_related("selection", "article__thread", "article__primary_specialty")
        .defer("article__body", "article__body_html")
        .order_by("selection__title", "selection_id", "position", "id")[:PARTNERS]
    )
    return [place for place in places if place.selection_id == places[0].selection_id]
