"""A list kept under a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import SavedView
from articles.models.saved_views import LONGEST_QUERY
from newsroom.core.rendering import normalised


class SavedViewForm(forms.ModelForm[SavedView]):
    """Name and place of a view; whether it is shared, for those who may."""

    class Meta:
        """Explicit fields."""

        model = SavedView
        fields = ("name", "position", "is_shared")

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        """Ask about sharing only whoever may share."""
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        """Return the name in one line."""
        return " ".join(normalised(self.cleaned_data["name"]).split())

    @property
    def shared(self) -> bool:
        """Say whether it is to be shared; as before, where that was not asked."""
        return bool(self.cleaned_data.get("is_shared", self.instance.is_shared))

    def _post_clean(self) -> None:
        """Leave the row to the verb, which says in a sentence what the row's rules forbid."""


class NewViewForm(SavedViewForm):
    """The same for a list that is being looked at: which one, and how it is set."""

    listing = forms.CharField(max_length=60, widget=forms.HiddenInput)
    query = forms.CharField(max_length=2 * LONGEST_QUERY, required=False, widget=forms.HiddenInput, strip=False)

    class Meta:
        """Explicit fields; a new view stands after the others."""

        model = SavedView
        fields = ("name", "is_shared")
        labels = {"name": _("Name of this view")}
