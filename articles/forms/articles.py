"""An article as it is written."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_ckeditor_5.widgets import CKEditor5Widget

from articles.models import Article
from articles.models.parts import EARLIEST_YEAR


class ArticleForm(forms.ModelForm[Article]):
    """An article as it is written, in reading order."""

    class Meta:
        """Explicit fields; the state is changed by the verbs alone."""

        model = Article
        fields = (
            *("kicker", "title", "slug", "standfirst", "format", "primary_specialty", "specialties", "tags"),
            *("image", "key_points", "body", "audio", "audio_seconds", "poll"),
            *("audience", "sponsor", "published_at", "embargo_until"),
        )
        widgets = {
            "title": forms.TextInput(attrs={"class": "vLargeTextField"}),
            "standfirst": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "key_points": forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
            "body": CKEditor5Widget(config_name="article"),
        }
        help_texts = {
            "title": _("90 signs at most read well in every list."),
            "slug": _("Left empty, it is made of the title. It no longer changes once the article was published."),
            "standfirst": _("Two sentences: what is new, and for whom. 300 signs at most read well."),
            "tags": _("Separated by commas."),
            "published_at": _(
                "Empty: the moment of publishing. To come: the article appears at that hour, Paris time."
            ),
        }

    def clean_published_at(self) -> datetime | None:
        """Refuse to take the date of what is published away; to hide it is to unpublish it."""
        date: datetime | None = self.cleaned_data["published_at"]
        if date is None and self.instance.is_published:
            raise ValidationError(_("A published article has a date. Unpublish it to hide it."))
        return believable(date)

    def clean_embargo_until(self) -> datetime | None:
        """Refuse a date of no calendar of ours."""
        return believable(self.cleaned_data["embargo_until"])


def believable(date: datetime | None) -> datetime | None:
    """Return the date; raises ValidationError for a year that is a slip of the keyboard ("0024" for "2024")."""
    if date is not None and date.year < EARLIEST_YEAR:
        raise ValidationError(_("Check the year: %(year)s is before the press."), params={"year": date.year})
    return date
