"""Deciding what the home page shows: the whole plan is saved at once, over the one that it was read from.

Of two editors the later one is told, and decides with both plans before him. Which debate is the one of the day goes
by the clock alone; what is planned here is the telling, at that moment, that the page has changed.
"""

from itertools import zip_longest

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models import Selection
from debates.models import Debate
from newsroom.accounts.models import User
from newsroom.core.refusals import Refusal
from newsroom.events.recording import record
from newsroom.frontpage.events import HomeComposed
from newsroom.frontpage.models import HomeEdition, current_edition
from newsroom.frontpage.permissions import can_recompose
from newsroom.frontpage.zones import Kind, Plan, Source, completed, to_json
from newsroom.scheduling.planning import cancel
from newsroom.scheduling.planning import plan as plan_action
from newsroom.taxonomy.models import Specialty
from polls.models import Poll

# The kind of the planned action; ``newsroom.wiring`` says who carries it out.
TURN = "home.turn"
# Any number that no other advisory lock of the house has: whoever saves a plan waits for who is saving one.
LOCK = 7_403_001


class StaleHomeError(Exception):
    """The plan was saved by somebody else since it was read; nothing was changed."""

    def __init__(self, edition: HomeEdition) -> None:
        """Keep the edition as it is now."""
        super().__init__("The home page was composed anew since it was read.")
        self.edition = edition


@transaction.atomic
def recompose(plan: Plan, by: User | AnonymousUser, *, number: int) -> HomeEdition | None:
    """Make ``plan`` what readers see, and return its edition; a plan that is what it was is not saved again.

    ``number`` is that of the edition that it was read from, 0 where there was none: StaleHomeError when another was
    saved meanwhile. Raises PermissionDenied without the right, Refusal for what cannot be shown (see ``check``).
    Records HomeComposed, and plans the next moment at which another debate is the one of the day. None is returned
    for a first plan that decides nothing.
    """
    if not can_recompose(by):
        raise PermissionDenied
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    current = current_edition()
    if current is not None and current.number != number:
        raise StaleHomeError(current)
    wanted = completed(plan.zones, plan.debates)
    if wanted == (current.plan if current else completed(())):
        return current
    check(wanted)
    account = by if isinstance(by, User) and by.pk else None
    made = HomeEdition.objects.create(
        number=(current.number if current else 0) + 1, stored_plan=to_json(wanted), saved_by=account
    )
    if current is not None:
        cancel(TURN, current.pk)
    _plan_turn(made)
    record(HomeComposed(made.number))
    return made


def take_turn(edition_id: int) -> None:
    """Tell that another debate may be the one of the day, and plan the next such moment. Carried out on its second.

    Does nothing for an edition that another has replaced.
    """
    edition = HomeEdition.objects.select_for_update().get(pk=edition_id)
    current = current_edition()
    if current is None or current.pk != edition.pk:
        return
    record(HomeComposed(edition.number))
    _plan_turn(edition)


def check(plan: Plan) -> None:
    """Raise Refusal, in a sentence, for a plan that names what is not there or overlaps in time."""
    for zone in plan.zones:
        if zone.limit > zone.rule.most or zone.limit < 1:
            said = {"zone": zone.kind.label, "most": zone.rule.most}
            raise Refusal(_("“%(zone)s” holds between 1 and %(most)d.") % said)
        if zone.source not in zone.rule.sources or not _is_there(zone.source, zone.subject, zone.specialties):
            raise Refusal(_("“%(zone)s”: choose what fills it.") % {"zone": zone.kind.label})
        if zone.source == Source.SELECTION:
            _check_selection(zone.kind, zone.subject)
    _check_debates(plan)


def _is_there(source: Source, subject: int | None, specialties: tuple[int, ...]) -> bool:
    if source == Source.CHOSEN:
        return bool(specialties) and Specialty.objects.filter(pk__in=specialties).count() == len(set(specialties))
    rows = {
        Source.SELECTION: Selection.objects.all(),
        Source.SPECIALTY: Specialty.objects.all(),
        Source.POLL: Poll.objects.standalone().exclude(opens_at=None),
    }.get(source)
    return rows is None or rows.filter(pk=subject).exists()


def _check_selection(kind: Kind, key: int | None) -> None:
    """A partner's stories stand in the partners' block alone, and nothing else stands there."""
    is_partner, said = Selection.objects.partners().filter(pk=key or 0).exists(), {"zone": kind.label}
    if is_partner and kind != Kind.PARTNERS:
        raise Refusal(_("“%(zone)s”: a partner’s selection stands in the partners’ block alone.") % said)
    if not is_partner and kind == Kind.PARTNERS:
        raise Refusal(_("“%(zone)s”: choose a partner’s selection.") % said)


def _check_debates(plan: Plan) -> None:
    """Two debates of the day do not overlap; one without end lasts until the next one starts."""
    keys = {slot.debate for slot in plan.debates}
    if Debate.objects.filter(pk__in=keys).count() < len(keys):
        raise Refusal(_("A planned debate does not exist any more: take it out of the list."))
    for slot, following in zip_longest(plan.debates, plan.debates[1:]):
        if slot.ends_at is not None and slot.ends_at <= slot.starts_at:
            raise Refusal(_("A debate of the day ends after it starts."))
        ends_at = slot.ends_at or slot.starts_at
        if following is not None and (ends_at > following.starts_at or slot.starts_at == following.starts_at):
            raise Refusal(_("Two debates of the day overlap: one ends before the next one starts."))


def _plan_turn(edition: HomeEdition) -> None:
    moment = edition.plan.next_turn(timezone.now())
    if moment is not None:
        plan_action(TURN, edition.pk, moment)
