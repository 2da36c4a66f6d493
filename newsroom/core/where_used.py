"""Where a thing is used: what refers to it, told from the relations of its model alone, so that none is forgotten.

A row that people do not know by itself (a signature, a tag on an article, a slot of a selection) stands for what it
belongs to: the article, the selection. A row that belongs to the thing itself (an article's references, a poll's
answers) is a part of it and no use. Nobody is ever named as a user of something: votes are secret.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from django.contrib.admin import ModelAdmin
from django.contrib.auth import get_user_model
from django.db.models import PROTECT, RESTRICT, Field, ForeignKey, ManyToOneRel, Model
from django.utils.text import capfirst

# As many of each kind are named; the count is exact.
NAMED: Final = 20
# A slot stands in an edition, an edition in a selection: nothing belongs to something over more steps.
MOST_STEPS: Final = 3

# The models that people know by themselves, with the lists that show them.
Known = Mapping[type[Model], ModelAdmin[Any]]


@dataclass(frozen=True)
class Uses:
    """One kind of use: ``total`` rows, and the first things that they stand for.

    ``holds`` says that what is used cannot be deleted as long as there are such rows.
    """

    label: str
    total: int
    things: list[Model]
    holds: bool


def where_used(used: Sequence[Model], known: Known) -> list[Uses]:
    """Return every kind of use that things of one model have, the kinds that hold them first.

    At most two queries a kind, however many things and uses there are.
    """
    if not used:
        return []
    kinds = [_uses(used, relation, known) for relation in _relations(type(used[0]))]
    return sorted((uses for uses in kinds if uses is not None), key=lambda uses: not uses.holds)


def _relations(model: type[Model]) -> list[ManyToOneRel]:
    """Return the foreign keys of other rows to the model, those without a way back included."""
    fields = _options(model).get_fields(include_hidden=True)
    return [field for field in fields if isinstance(field, ManyToOneRel) and not _is_own(field)]


def _is_own(relation: ManyToOneRel) -> bool:
    """Say whether the rows are what the model itself keeps for a many-to-many field of its own: it is the user."""
    own = [field for field in _options(relation.model).get_fields() if field.many_to_many and not field.auto_created]
    return any(field.remote_field.through is relation.related_model for field in own)


def _uses(used: Sequence[Model], relation: ManyToOneRel, known: Known) -> Uses | None:
    row, field, holds = relation.related_model, relation.field, relation.on_delete in {PROTECT, RESTRICT}
    way = _way_up(row, field, known)
    if way is None and not holds:
        return None
    # The base manager: no manager of a model may hide rows here.
    rows = row._base_manager.filter(**{f"{field.name}__in": used})  # noqa: SLF001 - Django's public API
    total = rows.count()
    if not total:
        return None
    if way is None:
        return Uses(capfirst(str(_options(row).verbose_name_plural)), total, [], holds)
    first = rows.select_related(*_joins(row, way, known)).order_by("-pk")[:NAMED]
    things = dict.fromkeys(reduce(getattr, way, one) for one in first)
    return Uses(_label(row, field, way), total, list(things), holds)


def _way_up(row: type[Model], taken: Field[Any, Any], known: Known, steps: int = MOST_STEPS) -> list[str] | None:
    """Return the fields that lead from a row to the known thing it belongs to ([]: itself); None without one.

    ``taken`` is the field that leads to what is used: the way up is another, and never comes back to it.
    """
    if row in known:
        return []
    if not steps:
        return None
    for field in _options(row).concrete_fields:
        if not isinstance(field, ForeignKey) or field is taken or field.null:
            continue
        above = field.related_model
        if above in {taken.related_model, get_user_model()}:
            continue
        way = _way_up(above, taken, known, steps - 1)
        if way is not None:
            return [field.name, *way]
    return None


def _joins(row: type[Model], way: list[str], known: Known) -> list[str]:
    """Return what is read with the rows: the things they stand for, and what those need to say their names."""
    needed = known[_end(row, way)].list_select_related
    paths = [[name] for name in needed] if isinstance(needed, list | tuple) else []
    return ["__".join([*way, *path]) for path in [[], *paths] if way or path]


def _end(row: type[Model], way: list[str]) -> type[Model]:
    """Return the model that the way up leads to."""
    return reduce(lambda model, step: _options(model).get_field(step).related_model, way, row)


def _label(row: type[Model], field: Field[Any, Any], way: list[str]) -> str:
    """Return the name of a kind of use: "Articles — main specialty", "Articles — tags"."""
    whole = capfirst(str(_options(_end(row, way)).verbose_name_plural))
    declared_by = _options(row).auto_created
    if declared_by:
        many = _options(declared_by).many_to_many
        return f"{whole} — {next(one.verbose_name for one in many if one.remote_field.through is row)}"
    return f"{whole} — {_options(row).verbose_name_plural if way else field.verbose_name}"


def _options(model: Any) -> Any:
    return model._meta  # noqa: SLF001 - Django's public API
