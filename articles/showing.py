"""Which articles a selection shows at a moment: one answer for the home page, the rails, the feeds and the pages.

The clock decides: which edition has started last, which slots are within their dates, which articles are published.
Two queries whatever the number of selections and slots, three when some slots are filled by a rule.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import F, Min, Q, QuerySet, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, Selection, SelectionEdition, SelectionItem
from newsroom.taxonomy.models import Specialty, Tag

Rule: Final = SelectionItem.Rule


@dataclass(frozen=True)
class Shown:
    """What a selection shows, in order; never empty."""

    selection: Selection
    edition: SelectionEdition
    articles: list[Article]


@dataclass(frozen=True)
class Filled:
    """A slot and what readers find in it: None where nothing may be seen, or no article answers the rule."""

    item: SelectionItem
    article: Article | None


def shown(selections: QuerySet[Selection], articles: ArticleQuerySet, now: datetime | None = None) -> list[Shown]:
    """Return what the selections show at ``now``, by title; those that show nothing are left out.

    ``articles`` says how articles are fetched (``for_listing``, ``for_row``…); what is published is decided here.
    """
    now = now or timezone.now()
    editions = SelectionEdition.objects.shown_at(now).filter(selection__in=selections)
    filled = fill_in(editions.values("pk"), articles, now)
    blocks = [
        Shown(slots[0].item.edition.selection, slots[0].item.edition, public)
        for slots in filled.values()
        if (public := [slot.article for slot in slots if slot.article is not None])
    ]
    return sorted(blocks, key=lambda block: (block.selection.title, block.selection.pk))


def shown_of(selection: Selection, articles: ArticleQuerySet, now: datetime | None = None) -> list[Article]:
    """Return what one selection shows at ``now``, in order; nothing where it has no edition or that one is over."""
    blocks = shown(Selection.objects.filter(pk=selection.pk), articles, now)
    return blocks[0].articles if blocks else []


def shown_in(edition: SelectionEdition, articles: ArticleQuerySet, now: datetime | None = None) -> list[Article]:
    """Return what an edition shows at ``now``, whether it is the one that is shown or not; its own dates aside."""
    slots = fill_in([edition.pk], articles, now or timezone.now()).get(edition.pk, [])
    return [slot.article for slot in slots if slot.article is not None]


def showed(edition: SelectionEdition, articles: ArticleQuerySet) -> list[Article]:
    """Return what a past edition showed in its last moment, as far as that is public today.

    A slot that a rule filled is filled as it was then; the number of comments is today's.
    """
    later = Q(starts_at__gt=edition.starts_at) | Q(starts_at=edition.starts_at, number__gt=edition.number)
    following = SelectionEdition.objects.filter(later, selection=edition.selection_id, starts_at__lte=timezone.now())
    ends = [moment for moment in (edition.ends_at, following.aggregate(at=Min("starts_at"))["at"]) if moment]
    last_moment = min(ends, default=timezone.now()) - timedelta(microseconds=1)
    return shown_in(edition, articles.published(), last_moment)


def fill_in(editions: Any, articles: ArticleQuerySet, now: datetime) -> dict[int, list[Filled]]:
    """Return the slots of editions, each with what it shows at ``now``, by the key of the edition, in order.

    ``editions`` are keys, or a subquery of keys. Slots outside their dates and articles that are not published are
    there with None: the curation page shows both. A partner's stories never fill a slot of the newsroom's own.
    """
    items = SelectionItem.objects.filter(edition__in=editions).order_by("edition_id", "position")
    items = items.select_related("edition__selection", "rule_specialty", "rule_tag")
    by_edition: dict[int, list[SelectionItem]] = defaultdict(list)
    for item in items:
        by_edition[item.edition_id].append(item)
    found = _found_by_rules(by_edition, now)
    keys = {key for slots in by_edition.values() for slot in slots if (key := slot.article_id)}
    public = articles.published(now).in_bulk([*keys, *found.values()])
    return {
        edition: [Filled(slot, _seen(slot, public, found, now)) for slot in slots]
        for edition, slots in by_edition.items()
    }


def is_open_at(item: SelectionItem, now: datetime) -> bool:
    """Say whether a slot's own dates let it be seen at ``now``."""
    has_started = item.starts_at is None or item.starts_at <= now
    return has_started and (item.ends_at is None or item.ends_at > now)


def _seen(item: SelectionItem, public: dict[int, Article], found: dict[int, int], now: datetime) -> Article | None:
    if not is_open_at(item, now):
        return None
    article = public.get(item.article_id or found.get(item.pk, 0))
    is_misplaced = article is not None and article.is_sponsored and not item.edition.selection.is_partner
    return None if is_misplaced else article


def _found_by_rules(by_edition: dict[int, list[SelectionItem]], now: datetime) -> dict[int, int]:
    """Return the article's key of each slot that a rule fills, by the slot's key; one query for all of them.

    An edition's slots are served in order, each with the first candidate of its rule that stands nowhere else in it.
    """
    ruled = [item for slots in by_edition.values() for item in slots if item.rule]
    if not ruled:
        return {}
    longest = max(len(slots) for slots in by_edition.values())
    candidates = _candidates({_wanted(item): item for item in ruled}, longest, now)
    found: dict[int, int] = {}
    for slots in by_edition.values():
        taken = {item.article_id for item in slots if item.article_id}
        for item in slots:
            if item.rule and is_open_at(item, now):
                best = next((key for key in candidates.get(_wanted(item), ()) if key not in taken), None)
                if best is not None:
                    found[item.pk] = best
                    taken.add(best)
    return found


def _wanted(item: SelectionItem) -> str:
    """Return a name for what a rule asks for; a tag that has become a synonym asks for its main tag."""
    about = item.rule_specialty_id or (item.rule_tag and (item.rule_tag.synonym_of_id or item.rule_tag_id)) or ""
    return f"{item.rule}:{about}"


def _candidates(wanted: dict[str, SelectionItem], most: int, now: datetime) -> dict[str, list[int]]:
    """Return for each rule the keys of its ``most`` best articles, best first: one query, one branch a rule.

    As many as the longest edition has slots are enough: at worst all the others hold candidates.
    """
    branches = [_branch(name, item, most, now) for name, item in wanted.items()]
    rows = branches[0].union(*branches[1:], all=True) if len(branches) > 1 else branches[0]
    ranked: dict[str, list[int]] = defaultdict(list)
    for name, _rank, key in sorted(rows):
        ranked[name].append(key)
    return ranked


def _branch(name: str, item: SelectionItem, most: int, now: datetime) -> QuerySet[Article, tuple[str, int, int]]:
    own = Article.objects.published(now).own()
    best_first: Sequence[Any] = [F("published_at").desc(), F("pk").desc()]
    if item.rule == Rule.SPECIALTY:
        own = own.in_specialty(_reference(Specialty, item.rule_specialty_id))
    elif item.rule == Rule.TAG:
        own = own.tagged(_reference(Tag, int(name.partition(":")[2])))
    else:
        own = own.most_commented(now)
        best_first = [Coalesce("thread__comment_count", 0).desc(), *best_first]
    ordered = own.order_by(*best_first)[:most]
    rank = Window(RowNumber(), order_by=best_first)
    return ordered.annotate(name=Value(name), rank=rank).values_list("name", "rank", "pk")


def _reference(model: Any, key: int | None) -> Any:
    """Return an object that stands for a row in a query and is never read."""
    return model(pk=key)
