"""The field where editors type tags."""

from typing import Any

from django.forms.widgets import Script
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from taggit.forms import TagWidget


class TagsInput(TagWidget):  # type: ignore[misc] # taggit has no types
    """Tags separated by commas; a script suggests those that exist. Without it, it is a field of text."""

    class Media:
        """The script, and the list that it shows."""

        css = {"all": ["css/desk-finding.css"]}
        js = [Script("js/desk-tags.js", type="module")]

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        """Tell the script where to ask, and its words."""
        told = {
            "class": "vTextField",
            "autocomplete": "off",
            "data-tags": reverse_lazy("desk:tags"),
            "data-label": _("Existing tags"),
            "data-none": _("No such tag yet: it will be made."),
            "data-some": _("Tags found: {count}. Choose with the arrow keys."),
            "data-instead": _("for “{found}”"),
        }
        super().__init__({**told, **(attrs or {})})
