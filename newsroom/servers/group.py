"""A group of processes that live together: started, watched, restarted when one dies, stopped all at once."""

import contextlib
import re
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsroom.servers.guardian import Guardian, end_groups
from newsroom.servers.leash import leash
from newsroom.servers.places import ROOT
from newsroom.servers.troubles import ServerTrouble

DEATHS = 5
"""So many deaths of one process ..."""

WITHIN = 60.0
"""... in so many seconds, and the group gives up."""

FIRST_PAUSE = 0.5
"""Seconds before a restart; doubled each time."""

IMPORTANT = re.compile(r'"level": ?"(?:error|critical)"|\b(?:ERROR|CRITICAL)\b')
"""Log lines that the console shows; the others stay in the log."""

ERROR_LINE = re.compile(r"(?:(?:\w+\.)+\w+|\w*(?:Error|Exception)): (.+)")
"""The end of a traceback: the name of the class, then the message."""

LONGEST_LINE = 200
LARGEST_LOG = 5 * 1024 * 1024


@dataclass
class Member:
    """One process of the group, by name and command, with what happened to it so far."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    restart_at: float | None = None
    read_up_to: int = 0


class Group:
    """Processes with one environment, their output in one folder of logs."""

    def __init__(
        self, logs: Path, environment: Mapping[str, str], guardian: Guardian, say: Callable[[str], None]
    ) -> None:
        """Start nothing yet; `say` prints a line on the console."""
        self.logs, self.environment, self.guardian, self.say = logs, environment, guardian, say
        self.members: list[Member] = []

    def start(self, name: str, command: list[str]) -> None:
        """Start one more process, with its output in `<name>.log`."""
        member = Member(name, command)
        log = self.log(member)
        if log.exists() and log.stat().st_size > LARGEST_LOG:
            log.rename(log.with_suffix(".log.1"))
        member.read_up_to = log.stat().st_size if log.exists() else 0
        self.members.append(member)
        self._launch(member)

    def look(self) -> None:
        """See to everyone once: show what matters of their logs, note deaths, restart whose pause is over.

        Raises ServerTrouble when one dies again and again.
        """
        for member in self.members:
            self._show_news(member)
            if member.process and member.process.poll() is not None:
                self._note_death(member)
            elif member.restart_at is not None and time.monotonic() >= member.restart_at:
                self._launch(member)

    def stop(self) -> None:
        """End all processes with their children: SIGTERM to all at once, SIGKILL after a grace."""
        running = [member.process for member in self.members if member.process]
        end_groups(process.pid for process in running)
        for process in running:
            process.wait()
            self.guardian.note("gone", process.pid)

    def log(self, member: Member) -> Path:
        """Answer the file that `member` writes to."""
        return self.logs / f"{member.name}.log"

    def _launch(self, member: Member) -> None:
        """Start the process in a session of its own: Ctrl-C in the terminal reaches the supervisor alone."""
        with self.log(member).open("ab") as log:
            member.process = subprocess.Popen(
                member.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=leash(),
            )
        member.restart_at = None
        self.guardian.note("group", member.process.pid)

    def _note_death(self, member: Member) -> None:
        """Clear up what a dead process leaves and plan its restart; raises ServerTrouble at one too many."""
        if not member.process:
            return
        status = member.process.returncode
        end_groups([member.process.pid])
        self.guardian.note("gone", member.process.pid)
        member.process = None
        now = time.monotonic()
        member.deaths = [*(death for death in member.deaths if now - death < WITHIN), now]
        if len(member.deaths) >= DEATHS:
            message = (
                f"« {member.name} » s’est arrêté {DEATHS} fois en une minute, tout s’arrête : "
                f"{last_words(self.log(member))} (journal : {self.log(member)})"
            )
            raise ServerTrouble(message)
        pause = FIRST_PAUSE * 2 ** (len(member.deaths) - 1)
        member.restart_at = now + pause
        self.say(f"« {member.name} » s’est arrêté (état {status}) : nouvel essai dans {pause:g} s.")

    def _show_news(self, member: Member) -> None:
        """Print the important lines that the process has written since the last look."""
        with contextlib.suppress(OSError), self.log(member).open("rb") as log:
            log.seek(member.read_up_to)
            whole, newline, _ = log.read().rpartition(b"\n")
            member.read_up_to += len(whole) + len(newline)
            for line in whole.decode(errors="replace").splitlines():
                if IMPORTANT.search(line):
                    self.say(f"{member.name} · {line[:LONGEST_LINE]}")


def last_words(log: Path) -> str:
    """Answer the last line of a log: of a Python traceback, its error without the name of the class."""
    with contextlib.suppress(OSError):
        lines = [line for line in log.read_text(errors="replace")[-20_000:].splitlines() if line.strip()]
        errors = [found[1] for line in lines if (found := ERROR_LINE.match(line))]
        if errors or lines:
            return (errors or lines)[-1].strip()
    return "rien au journal"
