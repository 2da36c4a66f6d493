"""The library of pictures in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles.forms.images import ImageForm
from articles.models import Image


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin[Image]):
    """Pictures. The file of a picture never changes: another file is another picture."""

    form = ImageForm
    list_display = ["__str__", "thumbnail", "credit", "width", "height", "uploaded_at"]
    search_fields = ["alt", "caption", "credit"]
    list_filter = ["is_decorative", "uploaded_at"]
    list_per_page = 50

    def get_fields(self, request: HttpRequest, obj: Image | None = None) -> list[Any]:
        """Show size and picture once there are any."""
        del request
        words = ["alt", "is_decorative", "caption", "credit"]
        return ["file", *words] if obj is None else ["thumbnail", "file", "width", "height", *words]

    def get_readonly_fields(self, request: HttpRequest, obj: Image | None = None) -> list[str]:
        """Keep the file as it is."""
        del request
        return [] if obj is None else ["thumbnail", "file", "width", "height"]

    @admin.display(description=_("preview"))
    def thumbnail(self, image: Image) -> SafeString:
        """Show the picture small; the text beside it says what it shows."""
        return format_html('<img class="thumbnail" src="{}" alt="" loading="lazy">', image.url)
