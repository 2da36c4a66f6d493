"""Making one tag of two, and two of one again."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import Count, Exists, ManyToOneRel, Model, OuterRef, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _

from newsroom.accounts.models import User
from newsroom.core.page_cache.purging import changed
from newsroom.core.refusals import Refusal
from newsroom.taxonomy.models import Tag

# Changes of synonyms wait for each other: two merges at once could make a synonym of a synonym. The number only has
# to be ours alone among the advisory locks.
LOCK = 0x0B5E_0002


class Merged(NamedTuple):
    """What a merge has changed: rows that carry the main tag now, and rows that carried both and lost one."""

    moved: int
    dropped: int


@transaction.atomic
def merge(tag: Tag, into: Tag, *, by: User) -> Merged:
    """Make ``tag`` a synonym of ``into`` (of its main tag, if that is a synonym): everything carries that from now on.

    What carried both carries the main tag once. Synonyms of the tag become synonyms of the main tag; its address
    leads there, as every synonym's does. Rows that refer to tags are known by Django's own table of relations, so
    that apps above this one are served without being named.

    Raises PermissionDenied to whoever may not change tags, Refusal where both already are one tag.
    """
    _check(by)
    hold_tags()
    # Held: an article that is being saved with the tag waits, and is seen here or finds a synonym.
    held = {one.pk: one for one in Tag.objects.select_for_update().filter(pk__in=[tag.pk, into.pk]).order_by("pk")}
    if len(held) < len({tag.pk, into.pk}):
        raise Refusal(_("One of the two tags has just been deleted."))
    main = held[into.pk].main
    if main.pk in {tag.pk, held[tag.pk].synonym_of_id}:
        raise Refusal(_("“%(tag)s” and “%(into)s” already are one tag.") % {"tag": tag, "into": into})
    counts = [_carry(rows, field, tag, main) for rows, field in references()]
    Tag.objects.filter(synonym_of=tag).update(synonym_of=main)
    Tag.objects.filter(pk=tag.pk).update(synonym_of=main)
    tag.synonym_of = main
    changed(tag.source_name, main.source_name, *Tag.lists)
    return Merged(sum(count.moved for count in counts), sum(count.dropped for count in counts))


@transaction.atomic
def part(tag: Tag, *, by: User) -> None:
    """Make a tag of its own of a synonym again. What carried it before they were merged keeps the main tag.

    Raises PermissionDenied to whoever may not change tags, Refusal for what is no synonym.
    """
    _check(by)
    hold_tags()
    tag.refresh_from_db()
    if tag.synonym_of is None:
        raise Refusal(_("“%(tag)s” is no synonym.") % {"tag": tag})
    tag.synonym_of = None
    tag.save(update_fields=["synonym_of"])


def hold_tags() -> None:
    """Keep others from changing what is a synonym of what until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def carriers(tags: Sequence[Tag]) -> Counter[int]:
    """Return how many rows carry each tag, by its id: those that a merge would change. A query a relation."""
    counts: Counter[int] = Counter()
    for rows, field in references():
        carrying = rows.filter(**{f"{field}__in": tags}).order_by().values_list(field)
        counts.update(dict(carrying.annotate(Count("pk"))))
    return counts


def references() -> list[tuple[QuerySet[Any], str]]:
    """Return all rows that may refer to a tag, with the name of the field that does; synonyms aside."""
    fields = Tag._meta.get_fields(include_hidden=True)  # noqa: SLF001 - Django's public API
    return [
        (relation.related_model._base_manager.all(), relation.field.name)  # noqa: SLF001 - the same
        for relation in fields
        if isinstance(relation, ManyToOneRel) and relation.related_model is not Tag
    ]


def _check(by: User) -> None:
    if not by.has_perm("taxonomy.change_tag"):
        raise PermissionDenied


def _carry(rows: QuerySet[Any], field: str, tag: Tag, main: Tag) -> Merged:
    """Let rows refer to the main tag in the tag's place; those that would come twice are dropped."""
    carrying = rows.filter(**{field: tag})
    dropped = 0
    for others in _told_apart_by(rows.model, field):
        same = rows.filter(**{field: main}, **{other: OuterRef(other) for other in others})
        twice = carrying.filter(Exists(same)).values("pk")
        dropped += rows.filter(pk__in=twice).delete()[0]
    return Merged(carrying.update(**{field: main}), dropped)


def _told_apart_by(model: type[Model], field: str) -> list[list[str]]:
    """Return, for each rule that a row with the same tag comes once, what else it is about."""
    options = model._meta  # noqa: SLF001 - Django's public API
    rules = [
        rule.fields for rule in options.constraints if isinstance(rule, UniqueConstraint) and rule.condition is None
    ]
    return [[name for name in rule if name != field] for rule in (*rules, *options.unique_together) if field in rule]
