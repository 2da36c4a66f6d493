"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    """The ground floor."""

    name = "newsroom.core"
    verbose_name = _("Core")
    default_auto_field = "django.db.models.BigAutoField"
