"""The one form in which readers write."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils.translation import gettext_lazy as _

from newsroom.discussions.wording import fault_of, tidied


class FormKey(forms.UUIDField):
    """The key of a form; one that came back damaged is none: better a text without key than a text refused."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        """Return the key as a UUID, or None for what is no key."""
        try:
            return super().to_python(value)
        except ValidationError:
            return None


class CommentForm(forms.Form):
    """A message. ``key`` is made with the form, so that a form sent twice makes one comment."""

    # Required by ``clean_text``, which has a sentence of its own for it; lengths count after tidying.
    text = forms.CharField(label=_("Your message"), required=False, strip=False, widget=forms.Textarea)
    key = FormKey(required=False, initial=uuid4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let the text bring control signs along: tidying drops them, which is kinder than refusing the text."""
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.validators = [check for check in text.validators if not isinstance(check, ProhibitNullCharactersValidator)]

    def clean_text(self) -> str:
        """Return the text as it would be kept, or say in a sentence why it cannot be sent."""
        text = tidied(self.cleaned_data["text"])
        if fault := fault_of(text):
            raise ValidationError(str(fault))
        return text
