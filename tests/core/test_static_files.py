"""What readers download: its budget, and files of other projects exactly as they were released."""

import gzip
import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "newsroom" / "static"
LISTED = re.compile(r"\| `(?P<file>[^`]+)` \| `(?P<sha256>[0-9a-f]{64})` \|$", re.MULTILINE)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def test_the_public_stylesheet_keeps_its_budget() -> None:
    assert len((STATIC / "css" / "site.css").read_bytes()) <= 30_000


def test_our_scripts_keep_their_budget() -> None:
    # What staff download stands in the pages of staff: the desk's and the moderators'.
    staff = {path.name for path in (STATIC / "js").glob("desk-*.js")} | {"moderation.js"}
    readers = [path for path in (STATIC / "js").glob("*.js") if path.name not in staff]
    scripts = [gzip.compress(path.read_bytes()) for path in readers]

    assert sum(map(len, scripts)) <= 10_000


@pytest.mark.parametrize("folder", [STATIC / "vendor", ROOT / "tests" / "vendor"])
def test_vendored_files_are_those_that_are_listed(folder: Path) -> None:
    listed = LISTED.findall((folder / "VENDORED.md").read_text())

    actual = [(name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for name, _ in listed]

    assert listed
    assert actual == listed
