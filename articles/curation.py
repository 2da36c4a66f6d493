"""What the desk says of every slot of a list, in a number of queries that its length does not change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.models import Article, SelectionEdition, SelectionItem
from articles.ordering import Slot
from articles.showing import fill_in
from newsroom.taxonomy.models import Specialty, Tag


@dataclass(frozen=True)
class SlotView:
    """A slot in words: its title or its rule, and what an editor should know of it."""

    slot: Slot
    title: str
    article: Article | None
    # What a rule finds now; None where it finds nothing and for slots without rule.
    found: Article | None = None
    # Its article has been unpublished: readers do not see it.
    is_gone: bool = False
    # Its article is released and its hour is still to come.
    awaited: datetime | None = None

    @property
    def key(self) -> str:
        """Return a name that stays with the slot wherever it moves."""
        about = self.slot.specialty or self.slot.tag or ""
        return f"{self.slot.rule}{about}" if self.slot.rule else f"a{self.slot.article}"


def in_words(
    slots: Sequence[Slot], edition: SelectionEdition | None = None, now: datetime | None = None
) -> list[SlotView]:
    """Return the slots in words at ``now``; with ``edition``, what its rules find (the list is as it is stored)."""
    now = now or timezone.now()
    articles = Article.objects.for_row().in_bulk({slot.article for slot in slots if slot.article is not None})
    specialties = Specialty.objects.in_bulk({slot.specialty for slot in slots if slot.specialty is not None})
    tags = Tag.objects.in_bulk({slot.tag for slot in slots if slot.tag is not None})
    found = _found(edition, now) if edition is not None and any(slot.rule for slot in slots) else {}
    views = []
    for slot in slots:
        article = articles.get(slot.article or 0)
        about = specialties.get(slot.specialty or 0) or tags.get(slot.tag or 0)
        views.append(_view(slot, article, str(about or ""), found.get(slot.position), now))
    return views


def _found(edition: SelectionEdition, now: datetime) -> dict[int, Article | None]:
    filled = fill_in([edition.pk], Article.objects.for_row(), now).get(edition.pk, [])
    return {slot.item.position: slot.article for slot in filled if slot.item.rule}


def _view(slot: Slot, article: Article | None, about: str, found: Article | None, now: datetime) -> SlotView:
    if slot.rule:
        label = str(SelectionItem.Rule(slot.rule).label)
        return SlotView(slot, f"{label} — {about}" if about else label, None, found=found)
    awaited = article.public_from if article is not None else None
    is_over = article is None or (article.unpublish_at is not None and article.unpublish_at <= now)
    return SlotView(
        slot,
        str(article or ""),
        article,
        is_gone=is_over or awaited is None,
        awaited=awaited if awaited is not None and awaited > now else None,
    )
