"""What was wrong, as an editor tells it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from articles.models import Correction


class CorrectionForm(forms.ModelForm[Correction]):
    """A correction: saved, it is told."""

    class Meta:
        """Explicit fields."""

        model = Correction
        fields = ("kind", "is_substantive", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "is_substantive": _("Moves the date on which the article says it was updated."),
            "text": _("What was wrong and what stands now. Readers see it as soon as it is saved, and for good."),
        }
