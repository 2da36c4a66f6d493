"""``manage.py import_articles FILE``: stories, selections and debates from a feed or an export.

It lives with the debates because a source may hold some, and articles know nothing of debates.
"""

import gc
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from articles.importing.items import Flaw, Frame, Source, SourceItem, UnreadableSourceError
from articles.importing.recognising import open_source
from articles.importing.taking import Outcome, frame_selection, take
from debates.importing import take_debate
from newsroom.core.refusals import Refusal

# Between two signs of life on the terminal, in items.
SIGN_OF_LIFE = 100
# Rows refer to one another in circles and hold an item's text until the collector passes: left to itself it comes
# late, and the memory of a large import is half as much again.
COLLECTED_EVERY = 10
Taken = TypeVar("Taken")


class Command(BaseCommand):
    """Import item by item; exit status 1 when something could not be taken, 2 when the arguments are wrong."""

    help = "Import stories from JSON Feed 1.1, RSS 2.0, Atom or a WordPress export, recognised by content."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and the dry run."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take the items, then the frame; print a report."""
        del args
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(_("%(path)s is not a file.") % {"path": path}, returncode=2)
        self.dry_run: bool = options["dry_run"]
        self.outcomes: Counter[str] = Counter()
        self.flaws: list[Flaw] = []
        try:
            source = open_source(path)
            self._take_items(source)
            self._take_frame(source.frame())
        except UnreadableSourceError as error:
            self.flaws.append(Flaw(path.name, str(error)))
        self._report()

    def _take_items(self, source: Source) -> None:
        # What is loaded already stays; the collector need not walk it every time.
        gc.freeze()
        for number, item in enumerate(source.items, start=1):
            if isinstance(item, Flaw):
                self.flaws.append(item)
            else:
                self._take_item(item)
            if number % COLLECTED_EVERY == 0:
                gc.collect()
            if number % SIGN_OF_LIFE == 0 and self.stdout.isatty():
                self.stdout.write(f"{number}\r", ending="")

    def _take_item(self, item: SourceItem) -> None:
        """Take one item, and show the remark on it if there is one."""
        label = f"« {item.title[:60]} »"
        report = self._tried(label, take, item)
        if report is None:
            return
        self.outcomes[report.outcome] += 1
        if report.remark:
            self.stdout.write(f"{label} : {report.remark}")

    def _take_frame(self, frame: Frame) -> None:
        for selection in frame.selections:
            self._tried(f"« {selection.title} »", frame_selection, selection)
        for debate in frame.debates:
            taken = self._tried(f"« {debate.question} »", take_debate, debate)
            if isinstance(taken, Flaw):
                self.flaws.append(taken)
            elif taken:
                self.outcomes["debates"] += 1

    def _tried(self, label: str, verb: Callable[..., Taken], *args: Any) -> Taken | None:
        """Do one thing; what the database or a rule refuses is that thing's flaw and nobody else's."""
        try:
            return verb(*args, dry_run=self.dry_run)
        except (DatabaseError, Refusal, ValueError) as error:
            self.flaws.append(Flaw(label, str(error).partition("\n")[0]))
            return None

    def _report(self) -> None:
        rows = [
            (_("taken"), self.outcomes[Outcome.TAKEN]),
            (_("changed"), self.outcomes[Outcome.CHANGED]),
            (_("unchanged"), self.outcomes[Outcome.UNCHANGED]),
            (_("left as they are"), self.outcomes[Outcome.KEPT]),
            (_("debates"), self.outcomes["debates"]),
            (_("refused"), len(self.flaws)),
        ]
        if self.dry_run:
            self.stdout.write(_("Dry run: nothing was changed."))
        for label, count in rows:
            self.stdout.write(f"{label:<24}{count:>8}")
        for flaw in self.flaws:
            self.stderr.write(f"{flaw.label} : {flaw.reason}")
        if self.flaws:
            raise CommandError(_("Some items were not taken."))
