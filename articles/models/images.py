"""Pictures of the library."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Image(models.Model):
    """A picture with what law and accessibility ask of it: a credit, and a text unless it is decorative."""

    file = models.FileField(_("file"), upload_to="images/%Y/%m/", max_length=255)
    width = models.PositiveIntegerField(_("width"), help_text=_("In pixels."))
    height = models.PositiveIntegerField(_("height"), help_text=_("In pixels."))
    alt = models.CharField(_("alternative text"), max_length=300, blank=True)
    is_decorative = models.BooleanField(_("decorative"), default=False, help_text=_("Says nothing the text does not."))
    caption = models.CharField(_("caption"), max_length=300, blank=True)
    credit = models.CharField(_("credit"), max_length=140)
    # SHA-256 of the file's bytes: the same picture twice is one row.
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    uploaded_at = models.DateTimeField(_("uploaded"), default=timezone.now, editable=False)

    class Meta:
        """What is always true of a picture."""

        verbose_name = _("image")
        verbose_name_plural = _("images")
        ordering = ["-uploaded_at"]
        constraints = [
            models.CheckConstraint(
                name="image_has_text_or_is_decorative",
                condition=~Q(alt="") | Q(is_decorative=True),
                violation_error_message=_("Describe the image, or declare it decorative."),
            ),
        ]

    def __str__(self) -> str:
        """Return what it shows."""
        return self.alt or self.caption or str(self.file.name)

    @property
    def url(self) -> str:
        """Return the file's address."""
        return str(self.file.url)
