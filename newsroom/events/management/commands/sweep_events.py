"""``manage.py sweep_events``: deliver stragglers now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

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
        for label, count in ((_("Delivered"), delivered), (_("Waiting"), waiting), (_("Parked"), parked)):
            self.stdout.write(f"{label:<12}{count:>8}")
        if waiting or parked:
            raise CommandError(_("Some events are not delivered yet."))
