"""The switchboard of actions: which kinds there are, what each is called, to what it is done and by whom."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.module_loading import import_string

from newsroom.scheduling.models import ScheduledAction


@dataclass(frozen=True)
class Action:
    """One kind of action.

    ``label`` is what editors call it; ``subjects`` fetches what it is done to, with what their names take; ``perform``
    does it to the subject with that id. A performer runs in a transaction that the end of the action is part of, so it
    happens once. It locks its subject before anything else, reads its state anew, and does nothing to a subject whose
    moment has been moved; it is short, and leaves what may last to the listeners of the facts it records.
    """

    label: str | Promise
    subjects: "QuerySet[Any, Any]"
    perform: Callable[[int], None]


Actions = Mapping[str, Action]


class UnknownKindError(LookupError):
    """A planned action is of a kind that the switchboard does not know."""


def actions() -> Actions:
    """Return the switchboard named by ``settings.SCHEDULED_ACTIONS``: kinds to actions."""
    found: Actions = import_string(settings.SCHEDULED_ACTIONS)
    return found


def action_of(kind: str) -> Action:
    """Return the action of that kind; raises UnknownKindError for a kind that the code does not know (any more)."""
    try:
        return actions()[kind]
    except KeyError as error:
        raise UnknownKindError(kind) from error


def label_of(kind: str) -> str:
    """Return what editors call actions of that kind; an unknown kind is called by its own name."""
    action = actions().get(kind)
    return str(action.label) if action is not None else kind


def with_subjects(planned: Iterable[ScheduledAction]) -> list[ScheduledAction]:
    """Return the actions with their ``subject`` filled, in one query a model at most.

    It stays None for subjects that are gone and for unknown kinds.
    """
    found = list(planned)
    board = actions()
    by_model: dict[type[Model], list[ScheduledAction]] = defaultdict(list)
    for action in found:
        if action.kind in board:
            by_model[board[action.kind].subjects.model].append(action)
    for group in by_model.values():
        subjects = board[group[0].kind].subjects.in_bulk({action.subject_id for action in group})
        for action in group:
            action.subject = subjects.get(action.subject_id)
    return found
