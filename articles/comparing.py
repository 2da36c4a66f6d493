"""Two versions of an article side by side, field by field, in words that editors read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.contents import COLUMNS, ROWS, Content
from articles.models import Article, Author, Image
from newsroom.core.comparing import Comparison, compare_html, compare_texts
from newsroom.taxonomy.models import Specialty
from polls.models import Poll

# Columns that hold ids: which model tells what they stand for.
NAMED: dict[str, Any] = {"primary_specialty": Specialty, "image": Image, "poll": Poll, "specialties": Specialty}
LABELS: dict[str, str | Promise] = {
    "specialties": gettext_lazy("specialties"),
    "tags": gettext_lazy("tags"),
    "bylines": gettext_lazy("authors"),
    "references": gettext_lazy("references"),
}


@dataclass(frozen=True)
class FieldComparison:
    """One field that differs: its name, what editors call it, and the two versions side by side."""

    name: str
    label: str
    comparison: Comparison


def compare(old: Content, new: Content) -> list[FieldComparison]:
    """Return the fields in which two contents differ, in the order of the form; at most five queries.

    Ids are told by the names they have today; what no longer exists is told by its number.
    """
    differing = [name for name in (*COLUMNS, *ROWS) if old.get(name) != new.get(name)]
    names = _names((old, new), differing)
    return [FieldComparison(name, label_of(name), _compared(name, old, new, names)) for name in differing]


def label_of(name: str) -> str:
    """Return what editors call a field of a content."""
    if name in LABELS:
        return str(LABELS[name])
    return str(Article._meta.get_field(name).verbose_name)  # type: ignore[union-attr] # noqa: SLF001 - documented by Django


def _compared(name: str, old: Content, new: Content, names: Mapping[str, Mapping[int, str]]) -> Comparison:
    if name == "body":
        return compare_html(old.get(name) or "", new.get(name) or "")
    return compare_texts(_in_words(name, old.get(name), names), _in_words(name, new.get(name), names))


def _in_words(name: str, value: Any, names: Mapping[str, Mapping[int, str]]) -> str:
    """Return a value as lines of text: rows one a line, ids by name, choices by their label."""
    if value in (None, "", [], False):
        return ""
    if name in ROW_WORDS:
        return "\n".join(ROW_WORDS[name](row, names) for row in value)
    if name in NAMED:
        return "\n".join(_named(names[name], key) for key in (value if isinstance(value, list) else [value]))
    if name == "tags":
        return "\n".join(value)
    choices = dict(Article._meta.get_field(name).flatchoices)  # type: ignore[union-attr] # noqa: SLF001 - documented
    return _("yes") if value is True else str(choices.get(value, value))


def _byline(row: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> str:
    return " · ".join([_named(names["bylines"], row.get("author") or 0), *_filled(row, "author")])


def _reference(row: Mapping[str, Any], names: Mapping[str, Mapping[int, str]]) -> str:
    del names
    return " · ".join(_filled(row))


ROW_WORDS = {"bylines": _byline, "references": _reference}


def _filled(row: Mapping[str, Any], *without: str) -> list[str]:
    return [str(value) for key, value in row.items() if value and key not in without]


def _named(names: Mapping[int, str], key: int) -> str:
    return names.get(key, _("no. %(number)s, which no longer exists") % {"number": key})


def _names(contents: Iterable[Content], differing: Iterable[str]) -> dict[str, dict[int, str]]:
    """Return the names behind the ids of the fields that differ: one query a field."""
    contents = list(contents)
    wanted: dict[str, tuple[Any, set[int]]] = {}
    for name in differing:
        if name in NAMED:
            values = [content.get(name) for content in contents]
            keys = {key for value in values for key in (value if isinstance(value, list) else [value]) if key}
            wanted[name] = (NAMED[name], keys)
        elif name == "bylines":
            authors = {row.get("author") for content in contents for row in content.get(name, [])}
            wanted[name] = (Author, authors - {None})
    return {
        name: {pk: str(row) for pk, row in model.objects.in_bulk(keys).items()}
        for name, (model, keys) in wanted.items()
    }
