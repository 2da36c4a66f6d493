"""`manage.py demo_data`: the demo newsroom, once."""

from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from newsroom.core.refusals import Refusal
from newsroom.demo.loading import counted, load


class Command(BaseCommand):
    """Load the demo newsroom; a second run changes nothing. Exit status 1 where the settings forbid it."""

    help = "Load the demo newsroom; changes nothing where it is there already."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's own signature
        """Load, then print what there is."""
        begun = monotonic()
        try:
            is_new = load()
        except Refusal as refusal:
            raise CommandError(str(refusal)) from refusal
        if not is_new:
            self.stdout.write(_("The demo newsroom is loaded already."))
            return
        for name, number in counted().items():
            self.stdout.write(f"  {name:<24} {number:>5}")
        self.stdout.write(_("Loaded in %(seconds).1f s.") % {"seconds": monotonic() - begun})
