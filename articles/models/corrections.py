"""What was wrong and has been put right, told to readers."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Correction(models.Model):
    """What was wrong and has been put right, told to readers."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="corrections")
    text = models.TextField(_("correction"), max_length=600)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        """Latest first."""

        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-made_at"]

    def __str__(self) -> str:
        """Return the correction."""
        return self.text
