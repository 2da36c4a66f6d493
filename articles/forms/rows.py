"""The ordered rows of an article's form: signatures and references, as plain values, not as rows of a table."""

from typing import Any

from django import forms
from django.db.models import Model
from django.utils.functional import cached_property

from articles.models import Article, Byline


class RowForm(forms.ModelForm[Any]):
    """One row. A row of which only the place was typed is an empty row."""

    @property
    def changed_data(self) -> list[str]:
        """Return the names of the fields that were filled in, the place left out."""
        changed: list[str] = super().changed_data
        return [] if changed == ["position"] else changed


class BylineForm(RowForm):
    """Who signs, in which role."""

    class Meta:
        """Explicit fields."""

        model = Byline
        fields = ("position", "author", "role", "affiliation", "interests")
        widgets = {"interests": forms.Textarea(attrs={"rows": 1})}


class DeskFormSet(forms.BaseInlineFormSet[Any, Any, Any]):
    """Rows of a form of the desk. The empty row, which a page asks for again and again, is made once."""

    @cached_property
    def empty_form(self) -> Any:
        """Return the row from which the page makes new ones."""
        return super().empty_form


class RowFormSet(DeskFormSet):
    """Rows that come from a content and go into one: they have no identity, only an order.

    Deleting a row is leaving it out. ``kind`` names the rows in a content.
    """

    kind: str

    def __init__(self, data: Any = None, files: Any = None, instance: Article | None = None, **options: Any) -> None:
        """Show the rows of what is on the desk."""
        model: Any = self.model
        options["queryset"] = model.objects.none()
        if data is None:
            options["initial"] = [
                {**row, "position": position} for position, row in enumerate(rows_of(instance, self.kind), start=1)
            ]
        super().__init__(data, files, instance, **options)
        # Rows of an article that was never saved come back too.
        self.extra = max(self.extra, len(options.get("initial") or []))
        # The admin's journal asks for these; the revision is what tells how rows changed.
        self.new_objects: list[Any] = []
        self.changed_objects: list[Any] = []
        self.deleted_objects: list[Any] = []

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows that were typed into a valid formset, in the order of their places, as JSON values."""
        kept = [form.cleaned_data for form in self.forms if form.has_changed() and not form.cleaned_data.get("DELETE")]
        return [
            {name: value.pk if isinstance(value, Model) else value for name, value in row.items() if name in self.names}
            for row in sorted(kept, key=lambda row: row.get("position") or 0)
        ]

    @property
    def names(self) -> set[str]:
        """Return the fields that a content keeps: the place is the row's place there."""
        return {*self.form.base_fields} - {"position", "id", "article", "DELETE"}


def rows_of(article: Article | None, kind: str) -> list[dict[str, Any]]:
    """Return the rows of that kind that the article's form shows; none for a new article."""
    if article is None or article.on_desk is None:
        return []
    rows: list[dict[str, Any]] = article.on_desk.get(kind, [])
    return rows
