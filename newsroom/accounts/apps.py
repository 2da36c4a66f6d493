"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """People."""

    name = "newsroom.accounts"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"
