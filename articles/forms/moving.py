"""What somebody adds to a move."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.workflow.steps import Act, Transition

WORDS = {
    Act.ASK_CHANGES: _("What is to be changed"),
    Act.UNPUBLISH: _("What readers are told at its address"),
}


class MoveForm(forms.Form):
    """A note, where the move asks for one; else only the second thought."""

    note = forms.CharField(widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}), max_length=600)

    def __init__(self, transition: Transition, article: Article, data: object = None) -> None:
        """Ask for what the move asks for."""
        initial = {"note": article.withdrawal_notice} if transition.act == Act.UNPUBLISH else {}
        super().__init__(data, initial=initial)  # type: ignore[arg-type] # a QueryDict or nothing
        if "note" in transition.asks:
            self.fields["note"].label = WORDS[transition.act]
            self.fields["note"].required = transition.act == Act.ASK_CHANGES
        else:
            del self.fields["note"]
