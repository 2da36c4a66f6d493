"""Sources as they are typed or pasted."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.citing.identifiers import pmid_of
from articles.citing.sorting import IDENTIFYING, Columns, sorted_columns
from articles.forms.addresses import WebAddressField
from articles.forms.rows import RowForm, RowFormSet
from articles.models import Reference
from articles.models.references import bare_doi


class DoiField(forms.CharField):
    """A DOI, however it was pasted: as an address, with "doi:" before it, bare."""

    def to_python(self, value: Any) -> str:
        """Return the bare DOI; what holds none is returned as it is."""
        return bare_doi(str(super().to_python(value) or ""))


class PmidField(forms.CharField):
    """A PMID, however it was pasted: as PubMed's address, with "PMID:" before it, bare."""

    def to_python(self, value: Any) -> str:
        """Return the bare number; what holds none is returned as it is."""
        typed = str(super().to_python(value) or "")
        return pmid_of(typed) or pmid_of(f"PMID {typed}") or typed


class ReferenceForm(RowForm):
    """A source. Whatever was pasted into the wrong column is put where it belongs: editors paste, we sort."""

    class Meta:
        """Explicit fields."""

        model = Reference
        fields = ("position", "text", "doi", "pmid", "url")
        field_classes = {"doi": DoiField, "pmid": PmidField, "url": WebAddressField}
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "cols": 50}),
            "doi": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off"}),
            "pmid": forms.TextInput(attrs={"spellcheck": "false", "autocomplete": "off", "inputmode": "numeric"}),
        }
        help_texts = {
            "text": _(
                "Paste anything: a DOI, a PMID and an address find their columns, and the citation is looked up."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Sort what was sent before any column judges it: a DOI is no mistake in the column of addresses."""
        super().__init__(*args, **options)
        if self.is_bound:
            keys = {name: self.add_prefix(name) for name in Columns._fields}
            typed = Columns(**{name: str(self.data.get(key) or "") for name, key in keys.items()})
            found = sorted_columns(typed)
            if found != typed:
                self.data = {
                    **dict(self.data.items()),
                    **{keys[name]: value for name, value in found._asdict().items()},
                }


class ReferenceFormSet(RowFormSet):
    """The sources of an article: each once."""

    kind = "references"

    def clean(self) -> None:
        """Say of a second row for the same work which row has it already, and what to do."""
        super().clean()
        rows_by_key: dict[tuple[str, str], int] = {}
        for number, form in enumerate(self.forms, start=1):
            row = getattr(form, "cleaned_data", {})
            if row.get("DELETE") or not form.has_changed():
                continue
            keys = {name: (name, _comparable(name, row.get(name))) for name in IDENTIFYING if row.get(name)}
            twice = next((name for name, key in keys.items() if key in rows_by_key), None)
            if twice is not None:
                message = _("Row %(number)d is the same work: delete one of the two.")
                form.add_error(twice, ValidationError(message, params={"number": rows_by_key[keys[twice]]}))
            rows_by_key |= {key: number for key in keys.values() if key not in rows_by_key}


def _comparable(name: str, value: Any) -> str:
    """Return an identifier as two rows are compared: DOIs have no case, addresses no final slash."""
    return str(value).lower() if name == "doi" else str(value).rstrip("/")
