"""A page about the house as it is written."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_ckeditor_5.widgets import CKEditor5Widget

from newsroom.core.pasting import bearable, cleaned
from newsroom.core.templatetags.typo import time_fr
from newsroom.pages.models import Page
from newsroom.pages.rewriting import Texts


class PageForm(forms.ModelForm[Page]):
    """Title, description, standfirst and text, over the version that was read."""

    base = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput, required=False)

    class Meta:
        """Explicit fields; the verb decides the rest."""

        model = Page
        fields = ("title", "description", "lead", "body")
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "description": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "lead": forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"}),
            "body": CKEditor5Widget(config_name="article"),
        }
        help_texts = {
            "body": _(
                "A passage with a mark such as “[À compléter : …]” is not shown to readers until it is completed."
            ),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        """Remember which version is shown."""
        super().__init__(*args, **options)
        if "base" in self.fields:
            self.initial["base"] = self.instance.version

    def clean_body(self) -> str:
        """Return the text as it is kept; refuses one that no parser should be given."""
        body = str(self.cleaned_data["body"])
        bearable(body)
        body = cleaned(body)
        if not body:
            raise ValidationError(_("This page cannot be empty."), code="required")
        return body

    def clean(self) -> dict[str, Any]:
        """Refuse a text that was typed on an older version, in words; saved once more, it goes over the newer one.

        The row is held until the request's transaction ends: what is true here is true when the verb saves.
        """
        data: dict[str, Any] = super().clean() or {}
        held = Page.objects.select_for_update().get(pk=self.instance.pk)
        if data.get("base") != held.version:
            self.data = {**self.data.dict(), self.add_prefix("base"): held.version}  # type: ignore[attr-defined] # a QueryDict
            said = {
                "who": held.changed_by.get_full_name() if held.changed_by else "—",
                "hour": time_fr(timezone.localtime(held.changed_at)),
                "number": held.version,
            }
            told = _(
                "%(who)s saved this page meanwhile, at %(hour)s: see revision %(number)d below. What you typed is "
                "still here; save again to put it in the place of theirs."
            )
            raise ValidationError(told % said, code="stale")
        return data

    @property
    def texts(self) -> Texts:
        """Return what was typed; the form is valid."""
        return Texts(**{name: self.cleaned_data[name] for name in ("title", "description", "lead", "body")})
