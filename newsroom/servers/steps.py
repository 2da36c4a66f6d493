"""The management commands that prepare a site, each run to its end with its output in a log."""

import contextlib
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsroom.servers.group import last_words
from newsroom.servers.leash import leash
from newsroom.servers.places import ROOT, VAR
from newsroom.servers.troubles import ServerTrouble


@dataclass(frozen=True)
class Step:
    """A management command that runs before the site opens; with `unless`, only when that one fails."""

    arguments: Sequence[str]
    says: str
    unless: Sequence[str] = ()


def say(line: str) -> None:
    """Print a line at once; a console that is gone is no reason to stop."""
    with contextlib.suppress(OSError):
        print(line, flush=True)


def take(step: Step, environment: Mapping[str, str]) -> None:
    """Run one step, its output in a log; raises ServerTrouble with the last line of it when it fails."""
    if step.unless and manage(step.unless, environment) == 0:
        return
    say(step.says)
    if manage(step.arguments, environment) == 0:
        return
    log = _step_log(step.arguments)
    lines = log.read_text(errors="replace").strip().splitlines()
    if len(lines) == 1:  # the settings' own clear line
        raise ServerTrouble(lines[0])
    message = f"« manage.py {step.arguments[0]} » a échoué : {last_words(log)} (journal : {log})"
    raise ServerTrouble(message)


def manage(arguments: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a management command, its output in a log of its own; answer its exit status."""
    with _step_log(arguments).open("wb") as log:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            check=False,
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=leash(),
        ).returncode


def _step_log(arguments: Sequence[str]) -> Path:
    """Answer where the output of a management command goes."""
    return VAR / "log" / f"{arguments[0]}.log"
