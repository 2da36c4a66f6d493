"""Composing the home page: what is at hand is fetched, then laid out so that no story stands twice.

``compose`` does both. ``arrange`` is a pure function, so that its rules can be tried on any stock of stories.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from django.db.models import Count, Prefetch, prefetch_related_objects
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Byline, Selection, SelectionItem
from articles.models.selections import LONGEST_SELECTION, NEWSROOM_SELECTION
from articles.showing import shown
from articles.surroundings import Shelf
from debates.models import Debate
from newsroom.discussions import presence
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Poll

RECENT: Final = timedelta(days=30)
# How many stories a block holds (design, home page).
UNDER_LEAD: Final = 2
BESIDE_LEAD: Final = 4
PARTNER_ITEMS: Final = 3
COLUMNS: Final = 4
COLUMN_ITEMS: Final = 3
PODCASTS: Final = 2
MOST_COMMENTED: Final = 3
TAGS: Final = 7
# How many of the newest stories the page is made of, and how many podcasts: enough for those shown elsewhere.
NEWEST: Final = 100
NEWEST_PODCASTS: Final = 1 + LONGEST_SELECTION + PODCASTS


@dataclass(frozen=True)
class SpecialtyColumn:
    """A specialty and its newest stories."""

    specialty: Specialty
    articles: list[Article]


@dataclass(frozen=True)
class Stock:
    """What there is to show, each list in its own order; partners' stories are in ``partners`` only."""

    chosen: Sequence[Article] = ()
    partners: Sequence[Shelf] = ()
    newest: Sequence[Article] = ()
    podcasts: Sequence[Article] = ()


@dataclass(frozen=True)
class Stories:
    """The stories in their places. No story stands twice; an empty place is not shown."""

    lead: Article | None = None
    under_lead: list[Article] = field(default_factory=list)
    beside_lead: list[Article] = field(default_factory=list)
    selection: list[Article] = field(default_factory=list)
    partners: list[Shelf] = field(default_factory=list)
    podcasts: list[Article] = field(default_factory=list)
    columns: list[SpecialtyColumn] = field(default_factory=list)


@dataclass(frozen=True)
class FrontPage:
    """The whole home page: stories, and the blocks that are not stories (or, the most commented, may repeat them)."""

    stories: Stories
    most_commented: list[Article]
    tags: list[Tag]
    debate: Debate | None
    online: int
    poll: Poll | None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all has been published yet."""
        return not (self.stories.lead or self.stories.partners or self.debate or self.poll)


class _Taker:
    """Hands out stories from lists, each story once."""

    def __init__(self) -> None:
        self.taken: set[int] = set()

    def take(self, articles: Iterable[Article], most: int) -> list[Article]:
        """Return the first ``most`` stories not handed out before, and remember them."""
        free: list[Article] = []
        for article in articles:
            if len(free) == most:
                break
            if article.pk not in self.taken:
                self.taken.add(article.pk)
                free.append(article)
        return free


def compose() -> FrontPage:
    """Return the home page as it is now: at most 15 queries with those of its template, however much there is."""
    stories = arrange(_stock())
    if stories.lead:
        prefetch_related_objects([stories.lead], Prefetch("bylines", Byline.objects.select_related("author")))
    debate = Debate.objects.open().newest_first().for_listing().first()
    poll = Poll.objects.open().standalone().newest_first().with_choices().first()
    return FrontPage(
        stories=stories,
        most_commented=_most_commented(),
        tags=popular_tags(TAGS),
        debate=debate,
        online=len(presence.present(debate.thread_id)) if debate else 0,
        poll=poll,
    )


def arrange(stock: Stock) -> Stories:
    """Return the stories of ``stock`` in their places.

    The lead is the first chosen story with an image, else the newest. The newsroom's choice and the podcasts are set
    aside before the newest ones are dealt, so that their blocks stay whole.
    """
    taker = _Taker()
    with_image = [article for article in stock.chosen if article.image_id]
    lead = next(iter(taker.take([*with_image, *stock.newest, *stock.chosen], 1)), None)
    selection = taker.take(stock.chosen, LONGEST_SELECTION)
    podcasts = taker.take(stock.podcasts, PODCASTS)
    beside_lead = taker.take(stock.newest, BESIDE_LEAD)
    under_lead = taker.take(stock.newest, UNDER_LEAD)
    partners = [Shelf(one.selection, taker.take(one.articles, PARTNER_ITEMS)) for one in stock.partners]
    return Stories(
        lead=lead,
        under_lead=under_lead,
        beside_lead=beside_lead,
        selection=selection,
        partners=[block for block in partners if block.articles],
        podcasts=podcasts,
        columns=_columns(stock.newest, taker),
    )


def popular_tags(most: int) -> list[Tag]:
    """Return the main tags that most stories of the last 30 days carry, the most used first."""
    recent = Article.objects.published().filter(published_at__gte=timezone.now() - RECENT)
    return list(
        Tag.objects.filter(synonym_of=None, article_tags__content_object__in=recent)
        .annotate(uses=Count("article_tags"))
        .order_by("-uses", "name")[:most],
    )


def _columns(articles: Sequence[Article], taker: _Taker) -> list[SpecialtyColumn]:
    """Return specialties that still have stories, those that fill a column first, in the editors' order."""
    by_specialty: dict[Specialty, list[Article]] = defaultdict(list)
    for article in articles:
        if article.primary_specialty and article.pk not in taker.taken:
            by_specialty[article.primary_specialty].append(article)
    in_order = sorted(by_specialty, key=lambda specialty: (specialty.position, specialty.name))
    fullest = sorted(in_order, key=lambda specialty: -min(len(by_specialty[specialty]), COLUMN_ITEMS))[:COLUMNS]
    return [SpecialtyColumn(one, taker.take(by_specialty[one], COLUMN_ITEMS)) for one in in_order if one in fullest]


def _cards() -> ArticleQuerySet:
    """Return what readers may know of, with what a card shows and no more."""
    return (
        Article.objects.published()
        .select_related("image", "thread", "primary_specialty")
        .defer("body", "body_html", "key_points")
    )


def _stock() -> Stock:
    """Fetch what the page is made of, in four queries, five when slots of a selection are filled by a rule."""
    blocks = shown(Selection.objects.filter(slug=NEWSROOM_SELECTION) | Selection.objects.partners(), _cards())
    partners = SelectionItem.objects.filter(edition__selection__is_partner=True, article__isnull=False)
    own = _cards().own().exclude(pk__in=partners.exclude(edition__starts_at=None).values("article")).newest_first()
    return Stock(
        chosen=[
            article for block in blocks if block.selection.slug == NEWSROOM_SELECTION for article in block.articles
        ],
        partners=[Shelf(block.selection, block.articles) for block in blocks if block.selection.is_partner],
        newest=list(own[:NEWEST]),
        podcasts=list(own.filter(format=Article.Format.PODCAST)[:NEWEST_PODCASTS]),
    )


def _most_commented() -> list[Article]:
    """Return the stories of the last 30 days with most published comments; those without any are left out."""
    return list(
        _cards()
        .own()
        .filter(published_at__gte=timezone.now() - RECENT, thread__comment_count__gt=0)
        .order_by("-thread__comment_count", "-published_at", "-id")[:MOST_COMMENTED],
    )
