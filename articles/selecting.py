"""Putting articles forward without composing: what imports, feeds and the demo do in one step."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from articles.curating.composing import check, locked, next_number, slot_of, write
from articles.curating.releasing import plan_slots
from articles.events import SelectionChanged
from articles.models import Article, Selection, SelectionEdition
from articles.models.selections import LONGEST_SELECTION
from articles.ordering import Slot, settled
from articles.permissions import Person, account_of
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record


@transaction.atomic
def fill(selection: Selection, articles: Iterable[Article], by: Person) -> Selection:
    """Show ``articles``, in their order and each once, as a new edition from now on; return the selection.

    The edition shown until now becomes a past one; what an editor is composing stays and keeps the highest number.
    Records SelectionChanged. Raises PermissionDenied without the right to change selections, Refusal beyond 14
    articles and for partner content in a selection of the newsroom's own.
    """
    locked(selection, by)
    slots = settled([Slot(article=article.pk) for article in dict.fromkeys(articles)])
    check(selection, slots)
    write(_new_edition(selection, by), slots)
    record(SelectionChanged(selection.pk))
    return selection


def put_last(selection: Selection, article: Article) -> bool:
    """Put an imported story at the end of what the selection shows; say whether it stands there now.

    Imports run story by story, so the edition shown is completed in place: one edition a story would say nothing.
    A full selection is left as it is, and a story that somebody paid for stays out of the newsroom's own. Records
    SelectionChanged. Must run in a transaction; imports have no rights to check.
    """
    selection = Selection.objects.select_for_update().get(pk=selection.pk)
    edition = selection.editions.shown_at().first() or _new_edition(selection, None)
    slots = [slot_of(item) for item in edition.items.all()]
    if any(slot.article == article.pk for slot in slots):
        return True
    if len(slots) >= LONGEST_SELECTION:
        return False
    slots = settled([*slots, Slot(article=article.pk)])
    try:
        check(selection, slots)
    except Refusal:
        return False
    _rewrite(edition, slots)
    return True


def refresh(selection: Selection, articles: Iterable[Article]) -> bool:
    """Make ``articles`` what flows around the pinned slots of a partner's selection; say whether anything changed.

    What a feed brings: the edition shown is completed in place, or a first one begun, at most 14 slots in all.
    Records SelectionChanged when the list is another. Must run in a transaction.
    """
    selection = Selection.objects.select_for_update().get(pk=selection.pk)
    edition = selection.editions.shown_at().first()
    before = [slot_of(item) for item in edition.items.all()] if edition else []
    pinned = [slot for slot in before if slot.is_pinned]
    fixed = {slot.article for slot in pinned}
    flowing = [Slot(article=article.pk) for article in articles if article.pk not in fixed]
    slots = settled([*pinned, *flowing[: LONGEST_SELECTION - len(pinned)]])
    if slots == before:
        return False
    _rewrite(edition or _new_edition(selection, None), slots)
    return True


def _rewrite(edition: SelectionEdition, slots: list[Slot]) -> None:
    write(edition, slots)
    edition.version += 1
    edition.save(update_fields=["version"])
    plan_slots(edition, timezone.now())
    record(SelectionChanged(edition.selection_id))


def _new_edition(selection: Selection, by: Person | None) -> SelectionEdition:
    """Return a new edition that starts now, numbered before the one that is being composed."""
    number = next_number(selection)
    composed = selection.editions.in_preparation().first()
    if composed is not None:
        composed.number, number = number, composed.number
        composed.save(update_fields=["number"])
    now = timezone.now()
    author = account_of(by)
    return SelectionEdition.objects.create(
        selection=selection,
        number=number,
        starts_at=now,
        published_at=now,
        composed_by=author,
        published_by=author,
        composed_at=now,
    )
