"""App configuration."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """Texts about the house."""

    name = "newsroom.pages"
    verbose_name = _("Pages about the house")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have ``check --deploy --database default`` name what is still to be completed."""
        from newsroom.pages.checks import completed_pages  # noqa: PLC0415 - models are loaded by now, not before

        register(completed_pages, Tags.database, deploy=True)
