"""What a reader sends."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from polls.models import Choice, Poll


class VoteForm(forms.Form):
    """One answer. The field's name stands in addresses (``?choix=12``), hence in French."""

    choix = forms.ModelChoiceField(
        Choice.objects.none(),
        label=_("Your answer"),
        error_messages={
            "required": _("Choose an answer."),
            "invalid_choice": _("Choose one of the answers below."),
        },
    )

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        """Offer the answers of ``poll`` and no others."""
        super().__init__(*args, **kwargs)
        field: forms.ModelChoiceField[Choice] = self.fields["choix"]  # type: ignore[assignment] # declared above
        field.queryset = poll.choices.all()
