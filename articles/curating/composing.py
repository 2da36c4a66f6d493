"""Composing the next edition of a selection: readers see nothing of it until it is published.

The whole list is saved at once, over the version that it was read at: of two editors the later one is told, and
decides with both lists before him.
"""

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.events import SelectionChanged
from articles.models import Article, Selection, SelectionEdition, SelectionItem
from articles.ordering import Slot, settled
from articles.permissions import Person, account_of, can_curate
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record
from newsroom.taxonomy.models import Specialty, Tag


class StaleListError(Exception):
    """The list was saved by somebody else since it was read; nothing was changed."""

    def __init__(self, edition: SelectionEdition | None) -> None:
        """Keep the edition as it is now; None when it is no longer being composed."""
        super().__init__("The list has changed since it was read.")
        self.edition = edition


@transaction.atomic
def begin(selection: Selection, by: Person, *, pinned_only: bool = False) -> SelectionEdition:
    """Begin the next edition as a copy of the one that readers see, or of its pinned slots; return it.

    The edition that is being composed already is returned as it is: two editors who begin work on one list.
    Slots whose dates are over are not copied. Raises PermissionDenied without the right to change selections.
    """
    locked(selection, by)
    composed = selection.editions.in_preparation().first()
    if composed is not None:
        return composed
    edition = SelectionEdition.objects.create(
        selection=selection, number=next_number(selection), composed_by=account_of(by)
    )
    now = timezone.now()
    shown = selection.editions.shown_at(now).first() or selection.editions.past_at(now).latest_first().first()
    if shown is not None:
        kept = shown.items.filter(is_pinned=True) if pinned_only else shown.items.all()
        write(edition, settled([slot_of(item) for item in kept.exclude(ends_at__lte=now)]))
    return edition


@transaction.atomic
def compose(selection: Selection, slots: Sequence[Slot], *, edition: int, version: int, by: Person) -> SelectionEdition:
    """Make ``slots`` the whole list of the edition that is being composed, and return it.

    ``edition`` is its key and ``version`` the number at which its list was read: StaleListError when either is not
    what it was. Raises PermissionDenied without the right to change selections, Refusal beyond 14 slots, for an
    article twice, and for what has no place in the selection (see ``check``). A list that is what it was is not saved
    again: its version and its author stay.
    """
    locked(selection, by)
    composed = selection.editions.in_preparation().first()
    if composed is None or (composed.pk, composed.version) != (edition, version):
        raise StaleListError(composed)
    wanted = settled(slots)
    if wanted == [slot_of(item) for item in composed.items.all()]:
        return composed
    check(selection, wanted)
    write(composed, wanted)
    composed.version += 1
    composed.composed_by, composed.composed_at = account_of(by), timezone.now()
    composed.save(update_fields=["version", "composed_by", "composed_at"])
    return composed


@transaction.atomic
def discard(selection: Selection, *, edition: int, version: int, by: Person) -> None:
    """Throw away the edition that is being composed; what readers see stays.

    Raises PermissionDenied without the right to change selections, StaleListError when its list has changed.
    """
    locked(selection, by)
    composed = selection.editions.in_preparation().first()
    if composed is None or (composed.pk, composed.version) != (edition, version):
        raise StaleListError(composed)
    composed.delete()


@transaction.atomic
def take_out(item: SelectionItem, by: Person) -> None:
    """Take a slot whose article is no longer public out of an edition that is not past; records SelectionChanged.

    Readers do not see it any more, so the edition that they see may be mended without another one; the slots that
    stay keep their rows, for which moments are planned. Raises
    PermissionDenied without the right to change selections, Refusal for a slot that readers see and for a past
    edition, which stays as it was.
    """
    selection = item.edition.selection
    locked(selection, by)
    if not SelectionEdition.objects.open_at().filter(pk=item.edition_id).exists():
        raise Refusal(_("A past edition stays as it was."))
    if not SelectionItem.objects.gone_from_editions().filter(pk=item.pk).exists():
        raise Refusal(_("Readers still see this article: compose another edition without it."))
    edition = SelectionEdition.objects.get(pk=item.edition_id)
    item.delete()
    if edition.is_composed:
        write(edition, settled([slot_of(slot) for slot in edition.items.all()]))
    edition.version += 1
    edition.save(update_fields=["version"])
    record(SelectionChanged(selection.pk))


def locked(selection: Selection, by: Person) -> Selection:
    """Return the selection's row, held until the transaction ends: its editions change one at a time.

    Raises PermissionDenied without the right to change selections.
    """
    if not can_curate(by, selection):
        raise PermissionDenied
    return Selection.objects.select_for_update().get(pk=selection.pk)


def next_number(selection: Selection) -> int:
    """Return the number of the selection's next edition."""
    latest = selection.editions.latest_first().values_list("number", flat=True).first()
    return (latest or 0) + 1


def slot_of(item: SelectionItem) -> Slot:
    """Return a stored slot as an editor sees it."""
    return Slot(
        article=item.article_id,
        rule=item.rule,
        specialty=item.rule_specialty_id,
        tag=item.rule_tag_id,
        position=item.position,
        is_pinned=item.is_pinned,
        starts_at=item.starts_at,
        ends_at=item.ends_at,
    )


def check(selection: Selection, slots: Sequence[Slot]) -> None:
    """Raise Refusal for slots that have no place in the selection, in a sentence that names them.

    The newsroom's own selections hold nothing that somebody paid for; a partner's hold no slot that a rule fills,
    for the rules find the newsroom's own articles.
    """
    keys = [slot.article for slot in slots if slot.article is not None]
    if len(set(keys)) < len(keys):
        raise Refusal(_("An article stands in a selection once."))
    if _is_anything_gone(slots):
        raise Refusal(_("Something in the list does not exist any more: reload the page."))
    if any(slot.starts_at and slot.ends_at and slot.ends_at <= slot.starts_at for slot in slots):
        raise Refusal(_("A slot ends after it starts."))
    if selection.is_partner and any(slot.rule for slot in slots):
        raise Refusal(_("A partner’s selection has no slot filled by a rule: rules find the newsroom’s own articles."))
    paid = Article.objects.sponsored().filter(pk__in=keys).order_by("pk").values_list("title", flat=True)
    if not selection.is_partner and paid:
        said = {"titles": ", ".join(f"« {title} »" for title in paid)}
        raise Refusal(_("Partner content has no place in the newsroom’s own selections: %(titles)s.") % said)


def _is_anything_gone(slots: Sequence[Slot]) -> bool:
    """Say whether a key in the list leads nowhere: what it named was deleted since the list was read."""
    wanted = (
        (Article.objects.all(), {slot.article for slot in slots if slot.article is not None}),
        (Specialty.objects.all(), {slot.specialty for slot in slots if slot.specialty is not None}),
        (Tag.objects.all(), {slot.tag for slot in slots if slot.tag is not None}),
    )
    return any(keys and rows.filter(pk__in=keys).count() < len(keys) for rows, keys in wanted)


def write(edition: SelectionEdition, slots: Sequence[Slot]) -> None:
    """Make settled ``slots`` the edition's rows, whatever they were; the caller holds the selection."""
    edition.items.all().delete()
    SelectionItem.objects.bulk_create(
        SelectionItem(
            edition=edition,
            position=slot.position,
            article_id=slot.article,
            rule=slot.rule,
            rule_specialty_id=slot.specialty,
            rule_tag_id=slot.tag,
            is_pinned=slot.is_pinned,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
        )
        for slot in slots
    )
