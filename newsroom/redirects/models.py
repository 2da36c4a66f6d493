"""The addresses that a thing had before."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_PATH = 255


class Redirect(models.Model):
    """That what once stood at one path of this site stands at another now, with all that lies below it.

    ``newsroom.redirects.leading.lead`` keeps it to one hop: no new path is an old one.
    """

    old_path = models.CharField(_("old address"), max_length=LONGEST_PATH, unique=True)
    new_path = models.CharField(_("new address"), max_length=LONGEST_PATH, db_index=True)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        """Paths of this site alone: a path that began with two slashes would lead to another."""

        verbose_name = _("redirect")
        verbose_name_plural = _("redirects")
        constraints = [
            models.CheckConstraint(name="a_path_does_not_lead_to_itself", condition=~Q(old_path=F("new_path"))),
            models.CheckConstraint(
                name="redirects_stay_on_this_site",
                condition=Q(old_path__regex=r"^/[^/\\]", new_path__regex=r"^/[^/\\]"),
            ),
        ]

    def __str__(self) -> str:
        """Return both paths."""
        return f"{self.old_path} → {self.new_path}"
