"""Pictures for the library."""

from datetime import date
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from articles.models import Image
from articles.pictures import read_picture
from newsroom.core.refusals import Refusal

# Before the first agencies sold pictures for the screen: an earlier end of rights is a slip of the keyboard.
EARLIEST_END: Final = 1990


class ImageForm(forms.ModelForm[Image]):
    """A picture for the library, and what the law and accessibility ask of it."""

    class Meta:
        """Explicit fields; size and digest are read from the file."""

        model = Image
        fields = (
            *("file", "alt", "is_decorative", "caption", "credit", "rights_until"),
            *("shows_patient", "consent", "consent_reference", "focal_x", "focal_y"),
        )
        widgets = {
            "focal_x": forms.NumberInput(attrs={"min": 0, "max": 100, "data-focal": "x"}),
            "focal_y": forms.NumberInput(attrs={"min": 0, "max": 100, "data-focal": "y"}),
        }
        help_texts = {"file": _("JPEG, PNG, WebP or GIF, 10 MB at most. Place and device are erased from it.")}

    def clean_file(self) -> ContentFile[bytes]:
        """Write the picture anew, as every upload, and note its size; refuse what the library has."""
        try:
            picture = read_picture(self.cleaned_data["file"])
        except Refusal as refusal:
            raise ValidationError(str(refusal.message)) from refusal
        known = Image.objects.filter(digest=picture.digest).first()
        if known is not None:
            message = _("The library has this image already: “%(image)s”.")
            if known.is_removed:
                message = _("This image was taken out of the library: put it back from its own page, “%(image)s”.")
            raise ValidationError(message, params={"image": known})
        self.instance.width, self.instance.height = picture.width, picture.height
        self.instance.digest = picture.digest
        return picture.as_file()

    def clean_rights_until(self) -> date | None:
        """Refuse a year that is a slip of the keyboard ("0026")."""
        end: date | None = self.cleaned_data["rights_until"]
        if end is not None and end.year < EARLIEST_END:
            raise ValidationError(_("Check the year: %(year)s."), params={"year": end.year})
        return end

    def clean(self) -> dict[str, Any]:
        """Ask for words, unless the picture decorates: a picture that was dropped into a text has none yet."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("alt") and not cleaned.get("is_decorative"):
            self.add_error("alt", _("Describe the image, or declare it decorative."))
        self.instance.needs_words = False
        return cleaned
