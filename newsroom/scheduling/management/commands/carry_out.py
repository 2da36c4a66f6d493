"""``manage.py carry_out``: carry out now what is due."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from newsroom.scheduling import carrying
from newsroom.scheduling.models import ScheduledAction


class Command(BaseCommand):
    """One sweep; exit status 1 when something that should have been carried out by now is not."""

    help = "Carry out the planned actions that are due."

    def handle(self, *args: Any, **options: Any) -> None:
        """Sweep once, then print a short table: carried out, failing (tried again later), given up."""
        del args, options
        done = carrying.sweep()
        late = ScheduledAction.objects.overdue(timezone.now()).count()
        given_up = ScheduledAction.objects.failed().count()
        for label, count in ((_("Carried out"), done), (_("Late"), late), (_("Given up"), given_up)):
            self.stdout.write(f"{label:<14}{count:>8}")
        if late or given_up:
            raise CommandError(_("Some actions are not carried out yet."))
