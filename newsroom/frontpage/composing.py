"""Composing the home page: what editors decided, filled with what is at hand.

``compose`` fetches and lays out; the rules of the layout are pure functions in ``arranging``, so that they can be
tried on any stock of stories.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Case, Count, IntegerField, Prefetch, Q, Value, When, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Article, Byline
from articles.models.selections import NEWSROOM_SELECTION
from debates.models import Argument, Debate
from newsroom.frontpage.arranging import Row, Stories, arrange, laid_out
from newsroom.frontpage.models import current_plan
from newsroom.frontpage.stock import Stock, at_hand
from newsroom.frontpage.zones import RULES, Kind, Plan, Source, Zone
from newsroom.taxonomy.models import Tag
from polls.models import Poll

RECENT: Final = timedelta(days=30)
# How many tags a page of search suggests.
TAGS: Final = RULES[Kind.HOT].limit


@dataclass(frozen=True)
class FrontPage:
    """The whole home page: stories, and the blocks that are not stories (or, the most commented, may repeat them)."""

    plan: Plan
    stories: Stories
    tags: list[Tag] = field(default_factory=list)
    debate: Debate | None = None
    poll: Poll | None = None
    rows: list[Row] = field(default_factory=list)
    # What the block of the selection is called, where nobody gave it another title, and where it leads.
    selection_title: str = ""
    selection_url: str = ""

    @property
    def is_empty(self) -> bool:
        """Say whether nothing at all has been published yet."""
        return not (self.stories.lead or self.stories.partners or self.debate or self.poll)

    @property
    def titles(self) -> dict[str, str]:
        """Return the titles that editors gave, by kind; a kind that has none is not there."""
        return {str(zone.kind): zone.title for zone in self.plan.zones if zone.title}


def compose(plan: Plan | None = None, now: datetime | None = None) -> FrontPage:
    """Return the home page as it is at ``now``: at most 15 queries with those of its template, whatever the plan.

    ``plan`` is what editors have decided; without it, what was saved last.
    """
    now = now or timezone.now()
    plan = plan or current_plan()
    stock = at_hand(plan, now)
    stories = arrange(stock, plan)
    if stories.lead:
        prefetch_related_objects([stories.lead], Prefetch("bylines", Byline.objects.select_related("author")))
    debate, poll = asked_on(plan, now)
    hot = plan.zone(Kind.HOT)
    title, url = _whence(plan.zone(Kind.SELECTION), stock)
    filled = {
        Kind.SELECTION: stories.selection,
        Kind.PARTNERS: stories.partners,
        Kind.POLL: poll,
        Kind.SPECIALTIES: stories.columns,
        Kind.PODCASTS: stories.podcasts,
        Kind.MOST_COMMENTED: stories.most_commented,
        Kind.MOST_READ: stories.most_read,
    }
    return FrontPage(
        plan=plan,
        stories=stories,
        tags=popular_tags(hot.limit, now) if hot.is_shown else [],
        debate=debate,
        poll=poll,
        rows=laid_out([zone for zone in plan.lower if filled[zone.kind]]),
        selection_title=title,
        selection_url=url,
    )


def asked_on(plan: Plan, now: datetime) -> tuple[Debate | None, Poll | None]:
    """Return the debate and the consultation of the page at ``now``, with what their boxes show."""
    debate = _debate(plan, now) if plan.zone(Kind.DEBATE).is_shown else None
    poll = _poll(plan.zone(Kind.POLL), now) if plan.zone(Kind.POLL).is_shown else None
    _complete(debate, poll)
    return debate, poll


def popular_tags(most: int, now: datetime | None = None) -> list[Tag]:
    """Return the main tags that most stories of the last 30 days carry at ``now``, the most used first."""
    now = now or timezone.now()
    recent = Article.objects.published(now).filter(published_at__gte=now - RECENT)
    return list(
        Tag.objects.filter(synonym_of=None, article_tags__content_object__in=recent)
        .annotate(uses=Count("article_tags"))
        .order_by("-uses", "name")[:most],
    )


def _whence(zone: Zone, stock: Stock) -> tuple[str, str]:
    """Return what the list is called that fills the selection's block, and the address of the whole of it."""
    subject = zone.subject or 0
    if zone.source == Source.SELECTION and subject in stock.selections:
        selection = stock.selections[subject].selection
        return selection.title, selection.get_absolute_url()
    if zone.source == Source.SPECIALTY and subject in stock.named:
        return stock.named[subject].name, stock.named[subject].get_absolute_url()
    if zone.source == Source.NEWEST:
        return _("The newest stories"), reverse("articles:list")
    return _("The newsroom’s selection"), reverse("articles:selection", args=[NEWSROOM_SELECTION])


def _debate(plan: Plan, now: datetime) -> Debate | None:
    """Return the debate planned for ``now``, open or closed since; else the newest open one."""
    planned = plan.debate_at(now)
    is_open = Q(poll__closes_at=None) | Q(poll__closes_at__gt=now)
    found = Debate.objects.published(now).filter(is_open | Q(pk=planned))
    return (
        found.select_related("poll", "thread", "specialty")
        .order_by(_chosen_first(planned), "-poll__opens_at", "-id")
        .first()
    )


def _poll(zone: Zone, now: datetime) -> Poll | None:
    """Return the chosen consultation, open or closed since; else the newest open one."""
    chosen = zone.subject if zone.source == Source.POLL else None
    is_open = Q(closes_at=None) | Q(closes_at__gt=now)
    found = Poll.objects.published(now).standalone().filter(is_open | Q(pk=chosen))
    return found.order_by(_chosen_first(chosen), "-opens_at", "-id").first()


def _complete(debate: Debate | None, poll: Poll | None) -> None:
    """Fetch what their boxes show, as ``for_listing`` and ``with_choices`` do for one of them: the choices at once."""
    if debate is not None:
        featured = Argument.objects.published().featured().for_listing()
        prefetch_related_objects([debate], Prefetch("arguments", featured, to_attr="featured_arguments"))
    asked = [one for one in (debate and debate.poll, poll) if one is not None]
    if asked:
        prefetch_related_objects(asked, "choices")


def _chosen_first(key: int | None) -> Case:
    """Return an order in which the row with that key comes before all others."""
    return Case(When(pk=key or 0, then=Value(0)), default=Value(1), output_field=IntegerField())
