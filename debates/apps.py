"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DebatesConfig(AppConfig):
    """Reader debates."""

    name = "debates"
    verbose_name = _("Debates")
    default_auto_field = "django.db.models.BigAutoField"
