"""A remark as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Remark


class RemarkForm(forms.Form):
    """A text, the passage it is about, and the remark that it answers, if any."""

    reply_to = forms.ModelChoiceField(queryset=Remark.objects.none(), required=False, widget=forms.HiddenInput)
    passage = forms.CharField(
        label=_("Passage"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Copy the words that you speak of; empty for the whole article."),
    )
    text = forms.CharField(
        label=_("Remark"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("@First name Last name tells a colleague."),
    )

    def __init__(self, article: Article, data: Any = None) -> None:
        """Take answers to remarks on this article alone."""
        super().__init__(data)
        self.fields["reply_to"].queryset = article.remarks.all()  # type: ignore[attr-defined] # a choice of rows
