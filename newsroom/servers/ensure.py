"""Starts the embedded servers that a command needs: what `manage.py`, pytest and the demo call first."""

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from newsroom.servers.places import TEST_VAR, VAR, outside, postgres_place, redis_place
from newsroom.servers.postgres import FAST_SETTINGS, EmbeddedPostgres
from newsroom.servers.redis import EmbeddedRedis

NEED_NOTHING = frozenset(
    {
        *("check", "collectstatic", "compilemessages", "diffsettings", "findstatic", "help", "makemessages"),
        *("startapp", "update_catalogue", "version"),
    }
)
"""Commands that run without a database; static checks must not start one."""


def given(name: str) -> bool:
    """Say whether the environment gives a value for `name`, itself or in the file named by `<name>_FILE`."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def servers(var: Path = VAR, *, testing: bool = False) -> dict[str, EmbeddedPostgres | EmbeddedRedis]:
    """Answer the embedded servers of `var` that are called for, each under the variable that replaces it.

    Servers for `testing` trade safety for speed.
    """
    every: dict[str, EmbeddedPostgres | EmbeddedRedis] = {
        "DATABASE_URL": EmbeddedPostgres(postgres_place(var), FAST_SETTINGS if testing else None),
        "REDIS_URL": EmbeddedRedis(redis_place(var)),
    }
    return {name: server for name, server in every.items() if not given(name)}


def ensure_servers(var: Path = VAR, *, testing: bool = False) -> None:
    """Start the embedded servers that the environment calls for, with the database; a few ms when they run.

    `testing` makes PostgreSQL fast and forgetful; tests have a `var` of their own, `places.TEST_VAR`.
    Raises ServerTrouble in one line when one cannot start.
    """
    for server in servers(var, testing=testing).values():
        server.ensure()
        if isinstance(server, EmbeddedPostgres):
            server.create_database()


def missing_servers(var: Path = VAR) -> list[str]:
    """Answer which embedded servers `ensure_servers` would start; those that run are not ours to stop."""
    return [name for name, server in servers(var).items() if not server.accepting()]


def stop_servers(names: Iterable[str], var: Path = VAR) -> None:
    """Stop these embedded servers of `var`."""
    wanted = set(names)
    for name, server in reversed(servers(var).items()):
        if name in wanted:
            server.stop()


def erase_servers(var: Path = VAR) -> None:
    """Stop the embedded servers of `var` and delete all they keep, also what had to live elsewhere."""
    stop_servers(servers(var), var)
    for server in servers(var).values():
        shutil.rmtree(server.place.folder, ignore_errors=True)
    shutil.rmtree(outside(var), ignore_errors=True)


def ensure_embedded(argv: Sequence[str], *, testing: bool = False) -> None:
    """Start what the management command in `argv` needs; called by `manage.py` before Django.

    Raises ServerTrouble in one line when a server cannot start.
    """
    arguments = list(argv[1:])
    if not arguments or arguments[0] in NEED_NOTHING or {"-h", "--help", "--version"} & set(arguments):
        return
    ensure_servers(TEST_VAR if testing else VAR, testing=testing)
