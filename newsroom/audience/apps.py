"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AudienceConfig(AppConfig):
    """Audience figures."""

    name = "newsroom.audience"
    verbose_name = _("Audience")
    default_auto_field = "django.db.models.BigAutoField"
