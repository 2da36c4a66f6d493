"""``manage.py check_health``: what the readiness page says, as a table."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from newsroom.frontpage.health import examine


class Command(BaseCommand):
    """Print the state of the database, Redis, the worker and the outbox; exit status 1 when something is away."""

    help = "Tells whether database, Redis and worker are there; exit status 1 when one is not."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, print, and fail when the site is unwell."""
        del args, options
        health = examine()
        for name, value in health.report().items():
            self.stdout.write(f"{name:<30}{_worded(value=value)}")
        if not health.is_well:
            raise CommandError(_("The site is not well."), returncode=1)


def _worded(*, value: bool | float | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return f"{value:.1f} s"
