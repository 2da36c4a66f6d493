"""What is typed around requests for review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import ReviewRequest
from articles.permissions import REVIEWING
from newsroom.accounts.models import User


class PlanForm(forms.Form):
    """How urgent a request is, until when, and for whom: people who may answer it."""

    priority = forms.ChoiceField(label=_("Priority"), choices=ReviewRequest.Priority)
    due_at = forms.DateTimeField(
        label=_("Due"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Europe/Paris time."),
    )
    assignee = forms.ModelChoiceField(label=_("For"), queryset=User.objects.none(), required=False)

    def __init__(self, request: ReviewRequest, data: Any = None) -> None:
        """Show how the request stands."""
        stands = {"priority": request.priority, "due_at": request.due_at, "assignee": request.assignee_id}
        super().__init__(data, initial=stands)
        people = User.objects.holding(REVIEWING[ReviewRequest.Kind(request.kind)])
        field = self.fields["assignee"]
        field.queryset = people.order_by("last_name", "pk")  # type: ignore[attr-defined] # a choice of rows
        field.label_from_instance = User.get_full_name  # type: ignore[attr-defined] # the same


class AnswerForm(forms.Form):
    """What was found in the text."""

    outcome = forms.ChoiceField(label=_("Answer"), choices=ReviewRequest.Outcome, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What is to be changed, or on which condition you agree."),
    )
    # The revision that was read.
    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
