"""The sizes and formats in which a picture is served."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

# From the smallest telephone to a wide column on a dense screen, in pixels.
WIDTHS: Final = (320, 640, 1080, 1920)
# A width that is this near to the widest saves no byte worth a file.
NEAR: Final = 0.9


class Rendition(models.Model):
    """A picture in one width and one format, made by us and never changed."""

    class Format(models.TextChoices):
        """Lightest first: a browser takes the first that it knows. JPEG is for old readers and for social cards."""

        AVIF = "avif", "AVIF"
        WEBP = "webp", "WebP"
        JPEG = "jpeg", "JPEG"

    image = models.ForeignKey("articles.Image", models.CASCADE, related_name="renditions", verbose_name=_("image"))
    format = models.CharField(_("format"), max_length=4, choices=Format)
    width = models.PositiveIntegerField(_("width"), help_text=_("In pixels."))
    file = models.FileField(_("file"), upload_to="renditions/%Y/%m/", max_length=255)
    bytes = models.PositiveIntegerField(_("weight"), help_text=_("In bytes."))

    class Meta:
        """One file for each width and format."""

        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        ordering = ["format", "width"]
        constraints = [
            models.UniqueConstraint(name="one_rendition_a_width_and_format", fields=["image", "width", "format"]),
        ]

    def __str__(self) -> str:
        """Return format and width."""
        return f"{self.get_format_display()} {self.width}"


def widths_for(width: int) -> tuple[int, ...]:
    """Return the widths in which a picture of ``width`` pixels is made, narrowest first; it is never enlarged.

    Its own width takes the last place where the design's widest would enlarge it.
    """
    widest = min(width, WIDTHS[-1])
    return (*(narrower for narrower in WIDTHS if narrower <= widest * NEAR), widest)


def wanted_of(width: int) -> list[tuple[int, str]]:
    """Return each (width, format) that a picture of ``width`` pixels is made in, widest first."""
    return [(one, kind) for one in reversed(widths_for(width)) for kind in Rendition.Format.values]
