"""What a person wishes to be told, and how."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PreferenceForm(forms.Form):
    """The table of events and channels, and the presence switch. Unchecked means no."""

    email_decisions = forms.BooleanField(label=_("Decisions on my messages, by e-mail"), required=False)
    site_replies = forms.BooleanField(label=_("Replies to my messages, on the site"), required=False)
    email_replies = forms.BooleanField(label=_("Replies to my messages, by e-mail"), required=False)
    site_featured = forms.BooleanField(label=_("My arguments featured by the newsroom, on the site"), required=False)
    email_featured = forms.BooleanField(label=_("My arguments featured by the newsroom, by e-mail"), required=False)
    shows_presence = forms.BooleanField(
        label=_("Show me among the debaters online"),
        help_text=_("Other readers see how many debaters are online; you are counted only if you agree."),
        required=False,
    )
