"""What is typed around share links."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ShareForm(forms.Form):
    """For whom a link is."""

    made_for = forms.CharField(
        label=_("For whom"), max_length=140, help_text=_("A name or a committee; it stands in the log.")
    )


class GuestRemarkForm(forms.Form):
    """What a reader from outside says of a passage, or of the whole."""

    name = forms.CharField(label=_("Your name"), max_length=140)
    passage = forms.CharField(
        label=_("Passage"),
        max_length=500,
        required=False,
        help_text=_("Copy the words that you speak of; empty for the whole article."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    text = forms.CharField(label=_("Your remark"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class SignOffForm(forms.Form):
    """That a reader from outside stands by the text."""

    name = forms.CharField(label=_("Your name"), max_length=140)
    note = forms.CharField(
        label=_("Reservations, if any"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
