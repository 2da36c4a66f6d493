"""The order of a selection's slots while it is composed: decisions on lists, nothing is written.

Pinned slots stand where their number was typed, whatever happens around them; the others flow through the numbers
that are left, in their order. So a pinned slot may leave free numbers before it, which readers do not see.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count

from django.utils.translation import gettext as _

from articles.models.selections import LONGEST_SELECTION
from newsroom.core.refusals import Refusal


@dataclass(frozen=True)
class Slot:
    """A slot as an editor sees it: an article or a rule, both by keys, its number, its pin and its dates."""

    article: int | None = None
    rule: str = ""
    specialty: int | None = None
    tag: int | None = None
    position: int = 0
    is_pinned: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    # Which row of the form it came from: what tells apart two slots of the same rule. No part of the slot itself.
    row: int = field(default=-1, compare=False)


def settled(slots: Iterable[Slot]) -> list[Slot]:
    """Return the slots numbered anew and in order: pinned ones keep their number, the others take the free ones.

    The others come in the order given. Raises Refusal beyond the limit, where a pinned number does not exist, and
    where two pinned slots want the same.
    """
    given = list(slots)
    if len(given) > LONGEST_SELECTION:
        raise Refusal(_("A selection holds at most %(most)d articles.") % {"most": LONGEST_SELECTION})
    pinned: dict[int, Slot] = {}
    for slot in (slot for slot in given if slot.is_pinned):
        if not 1 <= slot.position <= LONGEST_SELECTION:
            raise Refusal(_("Positions go from 1 to %(most)d.") % {"most": LONGEST_SELECTION})
        if slot.position in pinned:
            raise Refusal(_("Two slots cannot both be pinned at position %(number)d.") % {"number": slot.position})
        pinned[slot.position] = slot
    free = (number for number in count(1) if number not in pinned)
    flowing = [replace(slot, position=next(free)) for slot in given if not slot.is_pinned]
    return sorted([*pinned.values(), *flowing], key=lambda slot: slot.position)


def index_of(slots: Sequence[Slot], row: int) -> int:
    """Return where the slot of the form's row stands now. Raises Refusal for a row that there is none of."""
    for index, slot in enumerate(slots):
        if slot.row == row:
            return index
    raise Refusal(_("There is no such slot in the list."))


def added(slots: Sequence[Slot], slot: Slot, position: int | None = None) -> list[Slot]:
    """Return the list with one more slot, at ``position`` or else the last of those that flow.

    Raises Refusal for what the list holds already.
    """
    if slot.article is not None and any(other.article == slot.article for other in slots):
        raise Refusal(_("This article is in the list already."))
    result = settled([*slots, slot])
    if position is None:
        return result
    is_new = [one.row == slot.row and replace(one, position=0) == replace(slot, position=0) for one in result]
    return moved(result, is_new.index(True), position)


def removed(slots: Sequence[Slot], index: int) -> list[Slot]:
    """Return the list without the slot at ``index``."""
    return settled([slot for number, slot in enumerate(slots) if number != index])


def moved(slots: Sequence[Slot], index: int, position: int) -> list[Slot]:
    """Return the list with the slot at ``index`` at ``position``, or as near to it as pinned slots leave room.

    ``slots`` are settled. A number past the end means the end.
    """
    position = max(1, min(position, LONGEST_SELECTION))
    slot = slots[index]
    if slot.is_pinned:
        return settled([*slots[:index], replace(slot, position=position), *slots[index + 1 :]])
    others = [other for number, other in enumerate(slots) if number != index and not other.is_pinned]
    pinned = [other for other in slots if other.is_pinned]
    before = position - 1 - sum(1 for other in pinned if other.position < position)
    return settled([*others[:before], slot, *others[before:], *pinned])


def stepped(slots: Sequence[Slot], index: int, by: int) -> list[Slot]:
    """Return the list with the slot at ``index`` one step up (-1) or down (1), over pinned ones; ends stay ends."""
    held = {slot.position for number, slot in enumerate(slots) if slot.is_pinned and number != index}
    position = slots[index].position + by
    while position in held:
        position += by
    is_outside = not 1 <= position <= LONGEST_SELECTION
    return list(slots) if is_outside else moved(slots, index, position)


def retyped(slots: Sequence[Slot], positions: Sequence[int]) -> list[Slot]:
    """Return the list after numbers were typed, one a slot: those that differ from the slot's own move there.

    They move in the order of the numbers typed, so that "3" and "4" end side by side; the others keep their order.
    """
    still = [slot for slot, typed in zip(slots, positions, strict=True) if typed == slot.position]
    moving = sorted(
        ((typed, slot) for slot, typed in zip(slots, positions, strict=True) if typed != slot.position),
        key=lambda pair: pair[0],
    )
    pinned = [replace(slot, position=typed) for typed, slot in moving if slot.is_pinned]
    result = settled([*still, *pinned])
    for typed, slot in moving:
        if not slot.is_pinned:
            result = [*result, replace(slot, position=LONGEST_SELECTION + 1)]
            result = moved(result, len(result) - 1, typed)
    return result
