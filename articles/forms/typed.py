"""What stands in an article's form while it is written, right or wrong, as a content; and a content as form fields."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.datastructures import MultiValueDict

from articles.contents import BYLINE, PLAIN, POINTING, REFERENCE, Content
from articles.models import Article
from newsroom.core.parameters import id_from, number_from
from newsroom.core.rendering import normalised

# What the form asks for beside the content: kept with an autosave, under this name, where it says something new.
BESIDE = "beside"
CALENDAR = ("published_at", "embargo_until", "unpublish_at")
# A row's columns, by the name of the rows in a content, which is their prefix in the form.
COLUMNS_OF = {"bylines": ("author", *BYLINE), "references": REFERENCE}
# An editor's form has as many rows at most.
MOST_ROWS = 1000
# What PostgreSQL's integer holds.
MOST_SECONDS = 2**31 - 1

Fields = MultiValueDict[str, str]


def typed_content(fields: Fields, article: Article | None = None) -> Content:
    """Return what an unchecked form says, as a content: texts as they are, ids that are numbers, rows in their order.

    What is no value of its field is left out, and so are files: the column then keeps what it says. A row may lack its
    author. What the form asks for beside the content stands under ``BESIDE``, where it differs from ``article``.
    """
    content: Content = {}
    for name in PLAIN:
        column = Article._meta.get_field(name)  # noqa: SLF001 - Django's public API
        if isinstance(column, models.BooleanField):
            content[name] = name in fields
        elif isinstance(column, models.IntegerField) and name in fields:
            content[name] = number_from(_text(fields, name), largest=MOST_SECONDS) or 0
        elif name in fields:
            content[name] = _text(fields, name)
    content |= {name: id_from(_text(fields, name)) for name in POINTING}
    review_by = _parsed(forms.DateField(), _text(fields, "review_by"))
    content |= {} if review_by is None else {"review_by": review_by.isoformat() if review_by else None}
    content["specialties"] = sorted({pk for typed in fields.getlist("specialties") if (pk := id_from(typed))})
    content["tags"] = sorted({tag for name in _text(fields, "tags").split(",") if (tag := " ".join(name.split()))})
    for kind, columns in COLUMNS_OF.items():
        content[kind] = [_row(fields, prefix, columns) for prefix in _prefixes(fields, kind, columns)]
    beside = _beside(fields, article)
    return content | ({BESIDE: beside} if beside else {})


def fields_of(content: Content) -> Fields:
    """Return the fields by which a form says the content; without the sound, which is a file."""
    fields: Fields = MultiValueDict()
    for name in (*PLAIN, *POINTING, "review_by"):
        value = content.get(name)
        if value is True:
            fields[name] = "on"
        elif value is not False:
            fields[name] = "" if value is None else str(value)
    fields.setlist("specialties", [str(key) for key in content.get("specialties", [])])
    fields["tags"] = ", ".join(content.get("tags", []))
    for kind, columns in COLUMNS_OF.items():
        rows = content.get(kind, [])
        fields[f"{kind}-TOTAL_FORMS"], fields[f"{kind}-INITIAL_FORMS"] = str(len(rows)), "0"
        for number, row in enumerate(rows):
            fields[f"{kind}-{number}-position"] = str(number + 1)
            for column in columns:
                fields[f"{kind}-{number}-{column}"] = str(row.get(column) or "")
    return fields


def is_of_content(name: str) -> bool:
    """Say whether a form's field belongs to the content rather than to what stands beside it."""
    return name in {*PLAIN, *POINTING, "review_by", "specialties", "tags"} or name.partition("-")[0] in COLUMNS_OF


def resumed_fields(content: Content) -> dict[str, Any]:
    """Return what the form shows beside a content that was kept for it: the address, the dates, which form it was."""
    beside = content.get(BESIDE, {})
    moments = {name: _parsed(forms.DateTimeField(), beside[name]) or None for name in CALENDAR if name in beside}
    return moments | {name: beside[name] for name in ("slug", "base", "form_key") if name in beside}


def _beside(fields: Fields, article: Article | None) -> dict[str, Any]:
    """Return the address, the dates and the correction that were typed and that the article does not say yet."""
    beside: dict[str, Any] = {}
    slug = _text(fields, "slug")
    if slug and (article is None or slug != article.slug):
        beside["slug"] = slug
    for name in CALENDAR:
        moment = _parsed(forms.DateTimeField(), f"{_text(fields, f'{name}_0')} {_text(fields, f'{name}_1')}".strip())
        known = getattr(article, name, None)
        # The form shows whole seconds.
        if moment is not None and moment != (known.replace(microsecond=0) if known else ""):
            beside[name] = moment.isoformat() if moment else ""
    told = [_row(fields, f"corrections-{number}", ("kind", "text")) for number in range(_count(fields, "corrections"))]
    if any(row["text"] for row in told):
        beside["corrections"] = [row for row in told if row["text"]]
    return beside


def _prefixes(fields: Fields, kind: str, columns: Iterable[str]) -> list[str]:
    """Return the prefixes of the rows that say something and are not to be deleted, in the order of their places."""
    names = [f"{kind}-{number}" for number in range(_count(fields, kind))]
    said = [name for name in names if f"{name}-DELETE" not in fields and any(_row(fields, name, columns).values())]
    return sorted(said, key=lambda name: id_from(_text(fields, f"{name}-position")) or 0)


def _count(fields: Fields, kind: str) -> int:
    return min(MOST_ROWS, id_from(_text(fields, f"{kind}-TOTAL_FORMS")) or 0)


def _row(fields: Fields, prefix: str, columns: Iterable[str]) -> dict[str, Any]:
    typed = {column: _text(fields, f"{prefix}-{column}") for column in columns}
    return {name: id_from(text) if name == "author" else text for name, text in typed.items()}


def _text(fields: Fields, name: str) -> str:
    return normalised(fields.get(name) or "")


def _parsed(field: forms.Field, text: str) -> Any:
    """Return the date or moment that a text says, "" for an empty one, None for one that says none."""
    try:
        return field.clean(text) if text else ""
    except ValidationError:
        return None
