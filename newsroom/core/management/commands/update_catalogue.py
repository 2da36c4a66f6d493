"""``manage.py update_catalogue``: bring the French catalogue in step with the source and compile it.

Needs no gettext tools: the compiled file is kept in the repository, so a fresh machine needs nothing at all.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.core.catalogue import Sentence, sentences

CATALOGUE = Path("newsroom/locale/fr/LC_MESSAGES/django.po")
HEADER = {
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": "fr",
    "Plural-Forms": "nplurals=2; plural=(n > 1);",
}


class Command(BaseCommand):
    """Add new sentences, drop unused ones, compile; exit status 1 when some have no French yet."""

    help = "Bring the French catalogue in step with the source and compile it."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the catalogues to take translations from."""
        parser.add_argument("--merge", nargs="*", type=Path, default=[], help="Other catalogues to take French from.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the catalogue and its compiled form; list what is missing."""
        del args
        target = Path(settings.ROOT) / CATALOGUE
        known = _translations([target, *options["merge"]])
        catalogue = polib.POFile(wrapwidth=110)
        catalogue.metadata = HEADER
        missing = []
        for sentence, files in sorted(_used(Path(settings.ROOT)).items()):
            entry = _entry(sentence, files, known.get(sentence))
            catalogue.append(entry)
            if not entry.translated():
                missing.append(f"{min(files)} : {sentence.singular}")
        target.parent.mkdir(parents=True, exist_ok=True)
        catalogue.save(str(target))
        catalogue.save_as_mofile(str(target.with_suffix(".mo")))
        self.stdout.write(f"{'phrases':<14}{len(catalogue):>6}\n{'sans français':<14}{len(missing):>6}")
        if missing:
            raise CommandError("\n".join(missing))


def _used(root: Path) -> dict[Sentence, set[str]]:
    used: dict[Sentence, set[str]] = {}
    for sentence, name in sentences(root):
        used.setdefault(sentence, set()).add(name)
    # One singular has one entry: where it also stands with a plural, the plural form serves both.
    plurals = {(sentence.singular, sentence.context) for sentence in used if sentence.plural}
    return {
        sentence: files
        for sentence, files in used.items()
        if sentence.plural or (sentence.singular, sentence.context) not in plurals
    }


def _translations(paths: list[Path]) -> dict[Sentence, polib.POEntry]:
    """Return the known translations, the first file's word standing."""
    known: dict[Sentence, polib.POEntry] = {}
    for path in filter(Path.is_file, paths):
        for entry in polib.pofile(str(path), encoding="utf-8"):
            if entry.translated():
                known.setdefault(Sentence(entry.msgid, entry.msgid_plural or "", entry.msgctxt or ""), entry)
    return known


def _entry(sentence: Sentence, files: set[str], known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=sentence.singular,
        msgid_plural=sentence.plural,
        msgctxt=sentence.context or None,
        occurrences=[(name, "") for name in sorted(files)],
    )
    if sentence.plural:
        entry.msgstr_plural = known.msgstr_plural if known else {0: "", 1: ""}
    else:
        entry.msgstr = known.msgstr if known else ""
    if "%(" in sentence.singular:
        entry.flags = ["python-format"]
    return entry
