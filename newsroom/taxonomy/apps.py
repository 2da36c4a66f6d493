"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TaxonomyConfig(AppConfig):
    """Specialties and tags."""

    name = "newsroom.taxonomy"
    verbose_name = _("Specialties and tags")
    default_auto_field = "django.db.models.BigAutoField"
