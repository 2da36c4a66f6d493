"""The invented newsroom as data files, and how they are read."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def read(name: str) -> dict[str, Any]:
    """Return what `content/<name>.toml` holds. Read once a process; callers do not change it."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def articles() -> list[dict[str, Any]]:
    """Return the articles of every rubric; each one knows its specialty's slug."""
    files = sorted((FOLDER / "articles").glob("*.toml"))
    return [article for file in files for article in read(f"articles/{file.stem}")["article"]]
