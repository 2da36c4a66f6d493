"""``manage.py maintenance``: close the site for a while, with a page that says until when, and open it again."""

from argparse import ArgumentParser
from datetime import datetime, time, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime, parse_time
from django.utils.translation import gettext as _

from newsroom.core.maintenance import close, reopen

WHAT = "Nous mettons le site à jour. Rien de ce que vous avez publié ne se perd."


class Command(BaseCommand):
    """Close (``on --until 14:30``) or open (``off``); exit status 2 for a moment that cannot be read."""

    help = "Close the site for a while, or open it again."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is taken."""
        parser.add_argument("state", choices=["on", "off"])
        parser.add_argument("--until", default="", help="An hour (14:30, the next one) or a moment (2026-05-12T14:30).")
        parser.add_argument("--what", default=WHAT, help="What is being done, in a sentence for readers.")
        parser.add_argument("--still", default="", help="What works all the same, in a sentence for readers.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page or take it away, and say so."""
        del args
        if options["state"] == "off":
            self.stdout.write(_("The site is open again.") if reopen() else _("The site was open."))
            return
        until = _moment(options["until"])
        if until is None:
            raise CommandError(_("--until: not an hour such as 14:30, nor a moment to come."), returncode=2)
        file = close(until, options["what"], options["still"])
        self.stdout.write(_("Closed until about %(moment)s: %(file)s") % {"moment": until.isoformat(), "file": file})


def _moment(text: str) -> datetime | None:
    """Return the moment to come that ``text`` names, in the site's time zone; None for anything else."""
    now = timezone.localtime()
    try:
        hour, moment = parse_time(text), parse_datetime(text)
    except ValueError:
        return None
    if isinstance(hour, time) and moment is None:
        today = timezone.make_aware(datetime.combine(now.date(), hour))
        return today if today > now else today + timedelta(days=1)
    if moment is not None and timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    return moment if moment is not None and moment > now else None
