"""Publishing an edition, at once or at a moment; ending it; taking it back before it starts.

Readers are shown an edition by the clock alone. What is planned here are the effects: telling, at that moment, that
what the selection shows has changed.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.curating.composing import StaleListError, locked
from articles.events import SelectionChanged
from articles.models import SelectionEdition, SelectionItem
from articles.permissions import Person, account_of
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record
from newsroom.scheduling.planning import cancel, plan

# Kinds of planned actions; ``newsroom.wiring`` says who carries them out.
START, END = "selections.start", "selections.end"
SLOT_START, SLOT_END = "selections.slot_start", "selections.slot_end"
# Moments are typed in whole minutes: the current one is not past.
TYPED = timedelta(minutes=1)


@transaction.atomic
def publish(
    edition: SelectionEdition,
    by: Person,
    *,
    version: int,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> SelectionEdition:
    """Publish the edition that is being composed: its whole list is shown from ``starts_at`` (now) to ``ends_at``.

    Records SelectionChanged when it starts now, else plans it; plans its end. Raises PermissionDenied without the
    right to change selections, StaleListError when the list is not the ``version`` that was read any more, Refusal
    for an empty list, a start that is past and an end before the start.
    """
    locked(edition.selection, by)
    now = timezone.now()
    current = SelectionEdition.objects.in_preparation().filter(pk=edition.pk).first()
    if current is None or current.version != version:
        raise StaleListError(current)
    if not current.items.exists():
        raise Refusal(_("Nothing stands in this edition yet."))
    if starts_at is not None and starts_at < now - TYPED:
        raise Refusal(_("The start is past: leave it empty to publish now."))
    starts_at = None if starts_at is not None and starts_at <= now else starts_at
    _check_end(starts_at or now, ends_at)
    current.starts_at, current.ends_at = starts_at or now, ends_at
    current.published_at, current.published_by = now, account_of(by)
    current.save(update_fields=["starts_at", "ends_at", "published_at", "published_by"])
    _plan(current, now)
    return current


@transaction.atomic
def end(edition: SelectionEdition, by: Person, *, at: datetime | None = None) -> SelectionEdition:
    """End an edition that readers see, or will see, at ``at`` (now); without another one the selection shows nothing.

    Records SelectionChanged when it ends now, else plans it. Raises PermissionDenied without the right to change
    selections, Refusal for an edition that is past or still being composed, and for an end that is past.
    """
    current = _open(edition, by)
    now = timezone.now()
    if current.is_composed:
        raise Refusal(_("This edition is still being composed."))
    if at is not None and at < now - TYPED:
        raise Refusal(_("The end is past: leave it empty to end the edition now."))
    current.ends_at = max(at or now, now)
    _check_end(current.starts_at or now, current.ends_at)
    current.save(update_fields=["ends_at"])
    _plan(current, now)
    return current


@transaction.atomic
def withdraw(edition: SelectionEdition, by: Person) -> SelectionEdition:
    """Take back an edition that has not started: it is being composed again, its list as it was.

    Raises PermissionDenied without the right to change selections, Refusal for one that has started and while
    another edition of the selection is being composed.
    """
    current = _open(edition, by)
    if current.has_started_at(timezone.now()):
        raise Refusal(_("Readers have seen this edition: it can be ended, not taken back."))
    if SelectionEdition.objects.in_preparation().filter(selection=current.selection_id).exists():
        raise Refusal(_("Another edition of this selection is being composed: publish or discard it first."))
    current.starts_at = current.ends_at = current.published_at = current.published_by = None
    current.save(update_fields=["starts_at", "ends_at", "published_at", "published_by"])
    for kind in (START, END):
        cancel(kind, current.pk)
    for item in current.items.exclude(starts_at=None, ends_at=None):
        for kind in (SLOT_START, SLOT_END):
            cancel(kind, item.pk)
    return current


@transaction.atomic
def tell_change(edition_id: int) -> None:
    """Record that what a selection shows has changed: done by the schedule when an edition starts or ends.

    An edition that is gone, or has been taken back since, changes nothing.
    """
    edition = SelectionEdition.objects.filter(pk=edition_id, starts_at__lte=timezone.now()).first()
    if edition is not None:
        record(SelectionChanged(edition.selection_id))


@transaction.atomic
def tell_slot(item_id: int) -> None:
    """Record that a slot has started or ended: done by the schedule, while its edition is the one that is shown."""
    item = SelectionItem.objects.filter(pk=item_id, edition__in=SelectionEdition.objects.shown_at())
    for selection_id in item.values_list("edition__selection", flat=True):
        record(SelectionChanged(selection_id))


def plan_slots(edition: SelectionEdition, now: datetime) -> None:
    """Plan to tell the moments to come at which the edition's slots start and end; called in the verb's transaction."""
    for item in edition.items.exclude(starts_at=None, ends_at=None):
        for kind, at in ((SLOT_START, item.starts_at), (SLOT_END, item.ends_at)):
            if at is not None and at > now:
                plan(kind, item.pk, at)


def _open(edition: SelectionEdition, by: Person) -> SelectionEdition:
    """Return the edition as it is now, its selection held; Refusal for a past one, which is frozen."""
    locked(edition.selection, by)
    current = SelectionEdition.objects.open_at().filter(pk=edition.pk).first()
    if current is None:
        raise Refusal(_("A past edition stays as it was."))
    return current


def _check_end(starts_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is not None and ends_at <= starts_at:
        raise Refusal(_("An edition ends after it starts."))


def _plan(edition: SelectionEdition, now: datetime) -> None:
    """Tell the change that has happened at ``now``; plan those that are still to come."""
    is_changed = False
    for kind, at in ((START, edition.starts_at), (END, edition.ends_at)):
        if at is None or at <= now:
            cancel(kind, edition.pk)
            is_changed = is_changed or at is not None
        else:
            plan(kind, edition.pk, at)
    plan_slots(edition, now)
    if is_changed:
        record(SelectionChanged(edition.selection_id))
