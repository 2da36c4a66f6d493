"""Sources as they are typed or pasted."""

from typing import Any

from django import forms

from articles.models import Reference
from articles.models.references import bare_doi


class DoiField(forms.CharField):
    """A DOI, however it was pasted: as an address, with "doi:" before it, bare."""

    def to_python(self, value: Any) -> str:
        """Return the bare DOI."""
        return bare_doi(str(super().to_python(value) or ""))


class WebAddressField(forms.URLField):
    """A web address; one typed without its scheme is taken for https."""

    def __init__(self, **options: Any) -> None:
        """Take Django's options."""
        super().__init__(assume_scheme="https", **options)


class ReferenceForm(forms.ModelForm[Reference]):
    """A source."""

    class Meta:
        """Explicit fields."""

        model = Reference
        fields = ("position", "text", "doi", "url")
        field_classes = {"doi": DoiField, "url": WebAddressField}
