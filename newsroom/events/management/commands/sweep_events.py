"""``manage.py sweep_events``: deliver stragglers now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom.events import delivery
from newsroom.events.models import Event


class Command(BaseCommand):
    """Deliver every due event; exit status 1 when some stay undelivered."""

    help = "Deliver the events that are due and not delivered yet."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep until nothing is due, then print a short table."""
        del args, options
        delivered = 0
        while count := delivery.sweep():
            delivered += count
        waiting, parked = Event.objects.undelivered().count(), Event.objects.parked().count()
        self.stdout.write(f"{'livrés':<10}{delivered:>8}\n{'en attente':<10}{waiting:>8}\n{'écartés':<10}{parked:>8}")
        if waiting or parked:
            message = "Des événements restent à livrer."
            raise CommandError(message)
