"""What a preview is asked for."""

from datetime import datetime

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from articles.models.kinds import includes
from articles.models.parts import EARLIEST_YEAR

LATEST_YEAR = 2200


class Width(models.TextChoices):
    """Of a desk, a tablet, a telephone; in pixels. The first is shown where none is chosen."""

    DESK = "1280", _("Desktop")
    TABLET = "768", _("Tablet")
    PHONE = "390", _("Telephone")


class PreviewForm(forms.Form):
    """How wide, for whom, when. Everything may be left out: the desk's width, everybody, now."""

    largeur = forms.ChoiceField(label=_("Width"), choices=Width, required=False)
    public = forms.ChoiceField(label=_("Seen by"), choices=Article.Audience, required=False)
    le = forms.DateTimeField(
        label=_("At this moment"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=_("Empty: now. Europe/Paris time."),
    )
    revision = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def clean_le(self) -> datetime | None:
        """Leave moments that no calendar of ours holds aside."""
        chosen: datetime | None = self.cleaned_data["le"]
        return chosen if chosen is None or EARLIEST_YEAR < chosen.year < LATEST_YEAR else None

    @property
    def width(self) -> str:
        """Return the width that was chosen."""
        return self._chosen("largeur") or Width.DESK

    def shows(self, article: Article) -> bool:
        """Say whether the readers that were chosen see the article's text."""
        return includes(self._chosen("public") or Article.Audience.PUBLIC, article.audience)

    @property
    def moment(self) -> datetime:
        """Return the moment that was chosen; now where none, or none of this calendar, was."""
        chosen: datetime | None = self.cleaned_data.get("le") if self.is_valid() else None
        return chosen or timezone.now()

    @property
    def number(self) -> int | None:
        """Return the number of the revision that was chosen; None for what the newsroom works on."""
        number: int | None = self.cleaned_data.get("revision") if self.is_valid() else None
        return number

    def _chosen(self, name: str) -> str:
        return str(self.cleaned_data.get(name, "")) if self.is_valid() else ""
