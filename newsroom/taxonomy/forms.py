"""What the desk is asked about tags."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from newsroom.taxonomy.models import Tag


class TagSelect(AutocompleteSelect):
    """The autocomplete of tags. Its empty box says what to choose: to a screen reader that is its name."""

    def build_attrs(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Put words where Django leaves them out."""
        return {**super().build_attrs(*args, **kwargs), "data-placeholder": str(_("Choose a tag"))}


class MergeForm(forms.Form):
    """Into which tag the chosen ones are merged: one of them, or another."""

    into = forms.ModelChoiceField(
        Tag.objects.filter(synonym_of=None),
        label=_("Tag that remains"),
        help_text=_("The others become its synonyms: whoever types one of them gets this one."),
    )

    def __init__(self, *args: Any, chosen: Sequence[Tag], admin_site: AdminSite, **kwargs: Any) -> None:
        """Take the chosen tags; offer all main tags by their autocomplete."""
        super().__init__(*args, **kwargs)
        self.chosen = chosen
        # The autocomplete of tags is asked for by a field that refers to them: the synonyms' own.
        self.fields["into"].widget = TagSelect(Tag._meta.get_field("synonym_of"), admin_site)  # noqa: SLF001
        self.fields["into"].widget.choices = self.fields["into"].choices  # type: ignore[attr-defined] # a choice field

    def clean_into(self) -> Tag:
        """Refuse to merge a tag with itself alone."""
        into: Tag = self.cleaned_data["into"]
        if not [tag for tag in self.chosen if tag != into]:
            raise ValidationError(_("Choose another tag than the one to merge."))
        return into

    def others(self) -> list[Tag]:
        """Return the chosen tags but the one that remains, and but those that are its synonyms already."""
        into = self.cleaned_data["into"]
        return [tag for tag in self.chosen if tag != into and tag.synonym_of_id != into.pk]
