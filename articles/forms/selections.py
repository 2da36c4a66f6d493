"""Selections as they are composed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from articles.models import SelectionItem
from articles.models.selections import LONGEST_SELECTION


class SelectionItemFormSet(forms.BaseInlineFormSet[SelectionItem, Any, Any]):
    """The articles of a selection."""

    def clean(self) -> None:
        """Refuse a selection that is longer than the home page shows."""
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data.get("article") and not form.cleaned_data.get("DELETE")]
        if len(kept) > LONGEST_SELECTION:
            message = _("A selection holds at most %(most)d articles.")
            raise ValidationError(message, params={"most": LONGEST_SELECTION})

    def chosen(self) -> list[Any]:
        """Return the articles that stay, in the order of the typed positions."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data.get("article")]
        kept = [row for row in kept if not row.get("DELETE")]
        return [row["article"] for row in sorted(kept, key=lambda row: row.get("position") or 0)]
