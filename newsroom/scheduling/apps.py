"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchedulingConfig(AppConfig):
    """Exact scheduling."""

    name = "newsroom.scheduling"
    verbose_name = _("Schedule")
    default_auto_field = "django.db.models.BigAutoField"
