"""What the newsroom's desk takes in."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _
from django_ckeditor_5.widgets import CKEditor5Widget

from articles.models import Article, Image, Reference, SelectionItem
from articles.models.parts import EARLIEST_YEAR, bare_doi
from articles.models.selections import LONGEST_SELECTION
from articles.pictures import read_picture
from newsroom.core.refusals import Refusal


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


class DoiField(forms.CharField):
    """A DOI, however it was pasted: as an address, with "doi:" before it, bare."""

    def to_python(self, value: Any) -> str:
        """Return the bare DOI."""
        return bare_doi(str(super().to_python(value) or ""))


class WebAddressField(forms.URLField):
    """A web address; one typed without its scheme is taken for https."""

    def __init__(self, **options: Any) -> None:
        """Take Django's options."""
        super().__init__(assume_scheme="https", **options)


class ReferenceForm(forms.ModelForm[Reference]):
    """A source."""

    class Meta:
        """Explicit fields."""

        model = Reference
        fields = ("position", "text", "doi", "url")
        field_classes = {"doi": DoiField, "url": WebAddressField}


class ImageForm(forms.ModelForm[Image]):
    """A picture for the library, and what the law and accessibility ask of it."""

    class Meta:
        """Explicit fields; size and digest are read from the file."""

        model = Image
        fields = ("file", "alt", "is_decorative", "caption", "credit")

    def clean_file(self) -> ContentFile[bytes]:
        """Write the picture anew, as every upload, and note its size; refuse what the library has."""
        try:
            picture = read_picture(self.cleaned_data["file"])
        except Refusal as refusal:
            raise ValidationError(str(refusal.message)) from refusal
        known = Image.objects.filter(digest=picture.digest).first()
        if known is not None:
            message = _("The library has this image already: “%(image)s”.")
            raise ValidationError(message, params={"image": known})
        self.instance.width, self.instance.height = picture.width, picture.height
        self.instance.digest = picture.digest
        return picture.as_file()


class SelectionItemFormSet(forms.BaseInlineFormSet[SelectionItem, Any, Any]):
    """The articles of a selection."""

    def clean(self) -> None:
        """Refuse a selection that is longer than the home page shows."""
        super().clean()
        kept = [form for form in self.forms if form.cleaned_data.get("article") and not form.cleaned_data.get("DELETE")]
        if len(kept) > LONGEST_SELECTION:
            message = _("A selection holds at most %(most)d articles.")
            raise ValidationError(message, params={"most": LONGEST_SELECTION})

    def chosen(self) -> list[Any]:
        """Return the articles that stay, in the order of the typed positions."""
        kept = [form.cleaned_data for form in self.forms if form.cleaned_data.get("article")]
        kept = [row for row in kept if not row.get("DELETE")]
        return [row["article"] for row in sorted(kept, key=lambda row: row.get("position") or 0)]
