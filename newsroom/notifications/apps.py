"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    """Telling people."""

    name = "newsroom.notifications"
    verbose_name = _("Notifications")
    default_auto_field = "django.db.models.BigAutoField"
