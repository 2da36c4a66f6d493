"""Pictures for the library."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from articles.models import Image
from articles.pictures import read_picture
from newsroom.core.refusals import Refusal


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
