"""Where the embedded servers live: pure answers, the same in the supervisor and in the settings.

Nothing here starts, creates or changes anything, so settings may import it. The answers depend on the `var`
folder, on who asks (root or not) and on the modes of the folders above, none of which a start changes.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
"""The checkout."""

VAR = ROOT / "var"
"""Everything a run writes, in this checkout."""

TEST_VAR = VAR / "test"
"""The same for the test suite, whose servers are others."""

DATABASE = "observance"
POSTGRES_USER = "postgres"
POSTGRES_PORT = 5432
"""Only part of the socket's file name: the embedded server listens on no network address."""

LONGEST_SOCKET_PATH = 100
"""`sun_path` holds 108 bytes on Linux and 104 on macOS; the rest is room for the final NUL."""

OUTSIDE = Path("/var/tmp")  # noqa: S108 - a fixed, world-known folder is the point; ownership is checked before use
"""Where things go that cannot live under `var`; unlike `/tmp` it survives a reboot."""


@dataclass(frozen=True)
class PostgresPlace:
    """Where one embedded PostgreSQL cluster keeps its files; `sockets` is what libpq calls HOST."""

    var: Path
    folder: Path
    data: Path
    sockets: Path

    @property
    def socket(self) -> Path:
        """The socket's file."""
        return self.sockets / f".s.PGSQL.{POSTGRES_PORT}"

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.folder / "server.log"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the cluster."""
        return self.var / "postgres.lock"

    def parameters(self, name: str = DATABASE) -> dict[str, str]:
        """Django's connection parameters for the database `name`."""
        return {"HOST": str(self.sockets), "PORT": str(POSTGRES_PORT), "USER": POSTGRES_USER, "NAME": name}

    def url(self, name: str = DATABASE) -> str:
        """The same as a `DATABASE_URL`."""
        return f"postgres://{POSTGRES_USER}@/{quote(name, safe='')}?host={quote(str(self.sockets), safe='')}"


@dataclass(frozen=True)
class RedisPlace:
    """Where one embedded Redis keeps its files."""

    var: Path
    folder: Path
    socket: Path

    @property
    def log(self) -> Path:
        """What the server writes."""
        return self.folder / "server.log"

    @property
    def lock(self) -> Path:
        """Held by whoever starts or stops the server."""
        return self.var / "redis.lock"

    def url(self, db: int = 0) -> str:
        """The address for redis-py, as a `REDIS_URL`."""
        return f"unix://{quote(str(self.socket))}?db={db}"

    def celery_url(self, db: int = 1) -> str:
        """The address for Celery (kombu), whose form for sockets is another."""
        return f"redis+socket://{quote(str(self.socket))}?virtual_host={db}"


def postgres_place(var: Path = VAR) -> PostgresPlace:
    """Answer where the PostgreSQL of this `var` lives.

    PostgreSQL refuses to run as root, so root's cluster belongs to an unprivileged user, who has to be able
    to walk to it: where a folder above is closed to others, the cluster lives in `outside(var)`. So does a
    socket whose path would be too long.
    """
    var = Path(os.path.realpath(var))
    folder = var / "postgres"
    if os.geteuid() == 0 and not open_to_others(var):
        folder = outside(var) / "postgres"
    sockets = folder / "run"
    # The lock beside the socket has the longest name of the folder.
    if len(os.fsencode(sockets / f".s.PGSQL.{POSTGRES_PORT}.lock")) > LONGEST_SOCKET_PATH:
        sockets = outside(var) / "postgres-run"
    return PostgresPlace(var=var, folder=folder, data=folder / "data", sockets=sockets)


def redis_place(var: Path = VAR) -> RedisPlace:
    """Answer where the Redis of this `var` lives; only its socket moves, when its path would be too long."""
    var = Path(os.path.realpath(var))
    folder = var / "redis"
    socket = folder / "redis.sock"
    if len(os.fsencode(socket)) > LONGEST_SOCKET_PATH:
        socket = outside(var) / "redis.sock"
    return RedisPlace(var=var, folder=folder, socket=socket)


def outside(var: Path) -> Path:
    """Answer the short, walkable folder that stands in for `var`; one for each user and each `var`."""
    name = hashlib.sha256(os.fsencode(os.path.realpath(var))).hexdigest()[:12]
    return OUTSIDE / f"observance-{os.geteuid()}-{name}"


def open_to_others(folder: Path) -> bool:
    """Say whether any user may walk to `folder`, by the modes of it and of the folders above that exist.

    A folder that is still missing counts as open: whoever creates it here makes it so.
    """
    return all(step.stat().st_mode & stat.S_IXOTH for step in (folder, *folder.parents) if step.exists())
