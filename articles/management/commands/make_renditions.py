"""``manage.py make_renditions``: make the widths and formats that pictures lack."""

from argparse import ArgumentParser
from typing import Any, Final

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from articles.developing import ask_again, develop

BAR: Final = 30


class Command(BaseCommand):
    """Make renditions, with a bar on a terminal."""

    help = "Make the renditions that pictures of the library lack."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare what is taken."""
        parser.add_argument("--all", action="store_true", help="Look at every picture, complete ones too.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make them one picture after the other, then print how many are complete; exit 1 if any is not."""
        del args
        ids = ask_again(everything=options["all"])
        complete = 0
        for number, pk in enumerate(ids, start=1):
            complete += develop(pk)
            self._show(number, len(ids))
        self.stdout.write(f"{_('complete'):<16}{complete:>8}\n{_('incomplete'):<16}{len(ids) - complete:>8}")
        if complete < len(ids):
            raise SystemExit(1)

    def _show(self, number: int, total: int) -> None:
        if self.stdout.isatty():
            filled = BAR * number // total
            self.stdout.write(f"\r[{'█' * filled}{' ' * (BAR - filled)}] {number}/{total}", ending="")
            self.stdout.write("" if number < total else "\n", ending="")
