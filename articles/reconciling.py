"""An article that two people changed at the same time: what can be merged silently, and what a person has to choose."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from articles.comparing import compare, label_of
from articles.contents import COLUMNS, ROWS, Content
from articles.models import Article
from newsroom.core.blocks import blocks_of
from newsroom.core.comparing import Comparison, compare_html
from newsroom.core.merging import NO_BASE, Choice, MergedText, Part, merge_html, merge_rows, merge_set, merge_value

SETS = ("specialties", "tags")
# Which row of one version is which of another.
ROW_KEYS: dict[str, Callable[[Any], Any]] = {
    "bylines": lambda row: row["author"],
    "references": lambda row: (row.get("doi") or row.get("url") or row.get("text") or "").lower(),
}
# What may be chosen where two versions are at odds; the last is a text of its own.
MINE, THEIRS, BOTH, EDITED = "mine", "theirs", "both", "edited"


@dataclass(frozen=True)
class Conflict:
    """Two versions of one thing, of which one has to be chosen; ``key`` names it in the form of the merge.

    ``comparison`` has theirs as the old side and mine as the new one; ``before`` is what both started from, where that
    is known. ``edited`` is the text to begin with for a third version, None where only a choice makes sense.
    """

    key: str
    label: str
    comparison: Comparison
    before: Comparison | None = None
    takes_both: bool = False
    edited: str | None = None
    is_html: bool = False


@dataclass(frozen=True)
class MergedField:
    """A field in which the two versions differ: what to take of it, and whether a person has to look at it."""

    name: str
    value: Any
    mine: Any
    theirs: Any
    base: Any
    is_conflict: bool = False
    # Of a body: its parts, of which some are conflicts.
    text: MergedText | None = None

    @property
    def label(self) -> str:
        """Return what editors call it."""
        return label_of(self.name)

    @property
    def is_theirs(self) -> bool:
        """Say whether the colleague's change is taken, alone or beside mine."""
        return not self.is_conflict and bool(self.value != self.mine)

    @property
    def is_mine(self) -> bool:
        """Say whether my change is taken, alone or beside the colleague's."""
        return not self.is_conflict and bool(self.value != self.theirs)


def reconcile(base: Content | None, mine: Content, theirs: Content) -> list[MergedField]:
    """Return the fields in which two contents differ, each merged; ``base`` is None where nobody knows it any more."""
    names = [name for name in (*COLUMNS, *ROWS) if name in mine and mine[name] != theirs.get(name)]
    return [_merged(name, NO_BASE if base is None else base.get(name), mine[name], theirs.get(name)) for name in names]


def conflicts_in(fields: list[MergedField]) -> list[Conflict]:
    """Return what a person has to choose, in the order of the form; a body has one conflict a stretch."""
    return [conflict for field in fields if field.is_conflict for conflict in _conflicts(field)]


def chosen(fields: list[MergedField], choices: Mapping[str, str], edited: Mapping[str, str]) -> Content:
    """Return the merged values of the fields with what was chosen for each conflict, by its key.

    ``edited`` holds the third versions. Without a choice both stay where both can, else mine.
    """
    return {field.name: _chosen(field, choices, edited) for field in fields}


def _merged(name: str, base: Any, mine: Any, theirs: Any) -> MergedField:
    if name == "body":
        text = merge_html(base, mine, theirs or "")
        return MergedField(name, text.value, mine, theirs, base, is_conflict=text.is_conflict, text=text)
    value: Any
    if name in SETS:
        kept = merge_set(base if base is NO_BASE else base or [], mine, theirs or [])
        value, is_conflict = sorted(kept.value), kept.is_conflict
    elif name in ROW_KEYS:
        rows = merge_rows(base if base is NO_BASE else base or [], mine, theirs or [], ROW_KEYS[name])
        value, is_conflict = rows.value, rows.is_conflict
    else:
        plain = merge_value(base, mine, theirs)
        value, is_conflict = plain.value, plain.is_conflict
    return MergedField(name, value, mine, theirs, base, is_conflict=is_conflict)


def _conflicts(field: MergedField) -> Iterator[Conflict]:
    if field.text is not None:
        for number, (at, mine, theirs) in enumerate(field.text.conflicts, start=1):
            label = _("%(field)s, passage %(number)d") % {"field": field.label, "number": number}
            shown = compare_html(theirs, mine)
            yield Conflict(f"body-{at}", label, shown, takes_both=True, edited=mine, is_html=True)
        return
    yield Conflict(
        key=field.name,
        label=field.label,
        comparison=_compared(field.name, field.theirs, field.mine),
        before=None if field.base is NO_BASE else _compared(field.name, None, field.base),
        takes_both=field.name in {*SETS, *ROW_KEYS},
        edited=field.mine if _is_text(field.name) else None,
    )


def _compared(name: str, old: Any, new: Any) -> Comparison:
    """Return two values of a field side by side; ids by the names that they stand for."""
    versions = [{} if value is None else {name: value} for value in (old, new)]
    return next((field.comparison for field in compare(*versions)), Comparison())


def _is_text(name: str) -> bool:
    """Say whether a field is words that may be written anew, not a choice among things."""
    if name in ROWS or name == "audio":
        return False
    column = Article._meta.get_field(name)  # noqa: SLF001 - Django's public API
    return isinstance(column, models.CharField | models.TextField) and not column.choices


def _chosen(field: MergedField, choices: Mapping[str, str], edited: Mapping[str, str]) -> Any:
    if not field.is_conflict:
        return field.value
    if field.text is not None:
        return _chosen_text(field.text, choices, edited)
    choice = choices.get(field.name)
    if choice == EDITED and field.name in edited and _is_text(field.name):
        return edited[field.name]
    return {MINE: field.mine, THEIRS: field.theirs}.get(choice or "", field.value)


def _chosen_text(text: MergedText, choices: Mapping[str, str], edited: Mapping[str, str]) -> str:
    """Return the body with the choice for each of its stretches; one that was written anew takes the place of both."""
    parts = list(text.parts)
    taken: dict[int, Choice] = {}
    for at, part in enumerate(parts):
        key = f"body-{at}"
        choice = choices.get(key)
        if choice == EDITED and key in edited:
            parts[at] = Part(tuple(blocks_of(edited[key])))
        elif part.is_conflict and (choice in {MINE, THEIRS}):
            taken[at] = "mine" if choice == MINE else "theirs"
    return replace(text, parts=tuple(parts)).resolved(taken)
