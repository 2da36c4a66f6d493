"""``manage.py recount``: make the counters of polls and threads exact again."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from newsroom.discussions import counting as discussions
from polls import counting as polls


class Command(BaseCommand):
    """Recount from the rows themselves. Stands here because polls are the higher of the two storeys."""

    help = "Set the counters of polls and threads to what their votes and comments say."

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount, then print how many rows were wrong."""
        del args, options
        self.stdout.write(_("Counters corrected:"))
        for label, recount in ((_("polls"), polls.recount), (_("threads"), discussions.recount)):
            self.stdout.write(f"{label:<16}{recount():>8}")
