"""The rules of the house that no linter knows."""

import hashlib
import re
import subprocess
from pathlib import Path

import polib
import pytest
from django.core.management import call_command

from newsroom.core.catalogue import sentences

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "newsroom/locale/fr/LC_MESSAGES/django.po"
LONGEST_FILE = 400
CSS_BUDGET = 30_000
FORBIDDEN_NAMES = {"services.py", "utils.py", "helpers.py", "managers.py", "mixins.py", "common.py", "misc.py"}
CODE = [
    path
    for folder in ("newsroom", "articles", "debates", "polls", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_is_longer_than_one_can_hold_in_mind(path):
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


def test_no_module_is_a_drawer():
    assert not [path for path in CODE if path.name in FORBIDDEN_NAMES]


def test_only_the_renderer_declares_html_safe():
    asked = re.compile(r"\bmark_safe\b|\|safe\b|{% autoescape off")
    # Plain-text mail has nothing to escape; its templates end in .txt.
    texts = [*CODE, *sorted((ROOT / "templates").rglob("*.html"))]

    found = [
        str(path.relative_to(ROOT))
        for path in texts
        if path.is_file() and "tests" not in path.parts and asked.search(path.read_text())
    ]

    assert found == ["newsroom/core/rendering.py"]


def test_no_template_has_inline_style_or_script():
    inline = re.compile(r"<style\b|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    tag = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
    # Mail needs its styles inside.
    exempt = {"mail", "email"}

    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "templates").rglob("*.html"))
        if not exempt & set(path.parts) and inline.search(tag.sub("", path.read_text()))
    ]

    assert found == []


def test_fragments_say_what_they_take():
    fragments = sorted((ROOT / "templates").rglob("_*.html"))

    silent = [
        str(path.relative_to(ROOT)) for path in fragments if not path.read_text().startswith(("{#", "{% comment"))
    ]

    assert fragments
    assert silent == []


def test_fragments_are_included_with_only():
    include = re.compile(r"{%\s*include\b(?:(?!%}).)*%}", re.DOTALL)

    loose = [
        f"{path.relative_to(ROOT)}: {tag}"
        for path in sorted((ROOT / "templates").rglob("*.html"))
        for tag in include.findall(path.read_text())
        if not re.search(r"\bonly\s*%}", tag)
    ]

    assert loose == []


def test_fragments_with_a_form_are_given_its_token():
    include = re.compile(r'{%\s*include "([^"]+)"((?:(?!%}).)*)%}', re.DOTALL)
    templates = ROOT / "templates"

    forged = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in sorted(templates.rglob("*.html"))
        for name, given in include.findall(path.read_text())
        if (templates / name).exists() and "csrf_token" in (templates / name).read_text() and "csrf_token=" not in given
    ]

    assert forged == []


def test_every_sentence_has_its_french():
    french = {(entry.msgid, entry.msgctxt or "") for entry in polib.pofile(str(CATALOGUE)) if entry.translated()}

    missing = [
        f"{name}: {sentence.singular}"
        for sentence, name in sentences(ROOT)
        if (sentence.singular, sentence.context) not in french
    ]

    assert missing == []


def test_the_compiled_catalogue_is_the_written_one():
    written, compiled = polib.pofile(str(CATALOGUE)), polib.mofile(str(CATALOGUE.with_suffix(".mo")))

    def content(catalogue):
        return {(entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural) for entry in catalogue}

    assert content(compiled) == content(entry for entry in written if entry.translated())


def test_translations_keep_their_placeholders():
    placeholder = re.compile(r"%\(\w+\)[sd]")

    wrong = [
        entry.msgid
        for entry in polib.pofile(str(CATALOGUE))
        for text in [entry.msgstr, *entry.msgstr_plural.values()]
        if text and set(placeholder.findall(text)) - set(placeholder.findall(entry.msgid + entry.msgid_plural))
    ]

    assert wrong == []


def test_the_stylesheet_keeps_its_budget():
    assert (ROOT / "newsroom/static/css/site.css").stat().st_size <= CSS_BUDGET


@pytest.mark.parametrize("folder", ["newsroom/static/vendor", "tests/vendor"])
def test_vendored_files_are_the_ones_written_down(folder):
    written = (ROOT / folder / "VENDORED.md").read_text()
    files = [path for path in (ROOT / folder).rglob("*.js") if path.is_file()]

    assert files
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in written for path in files)


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_the_repository_speaks_of_itself_alone():
    """No path of a machine and no package registry stands in a tracked file."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    words = re.compile(rb"/work/|/root/|" + rb"pypi\." + rb"org|registry\.npm" + rb"js")

    found = [
        name
        for name in listed.stdout.splitlines()
        if (ROOT / name).is_file() and name != "tests/test_house.py" and words.search((ROOT / name).read_bytes())
    ]

    assert found == []
