"""A whole site in the foreground, until Ctrl-C: servers, preparation, web, worker, beat, mail.

Nothing is left behind: not by Ctrl-C or SIGTERM, not by a failure halfway, not by `kill -9` of this process
(see `guardian`). Embedded servers that ran before go on running.
"""

import contextlib
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from newsroom.servers import ensure, preflight
from newsroom.servers.commands import commands, python
from newsroom.servers.group import Group
from newsroom.servers.guardian import Guardian
from newsroom.servers.leash import tie_to_parent
from newsroom.servers.oneatatime import only_one
from newsroom.servers.ownership import prepare
from newsroom.servers.places import VAR
from newsroom.servers.steps import Step, manage, say, take
from newsroom.servers.troubles import ServerTrouble, WrongArgument

READY_SECONDS = 60.0
LOOK_SECONDS = 0.2
LIVENESS = "/sante/vivant"


class Told(BaseException):
    """We were told to stop, by SIGINT, SIGTERM or SIGHUP; like KeyboardInterrupt, no error of the program."""


@dataclass
class Site:
    """What to run: `command` is its name for make, `variables` what it adds to the environment.

    The management command `settled` succeeds where the steps have nothing left to do: one start of Django, not two.
    """

    command: str
    settings: str
    steps: Sequence[Step]
    settled: Sequence[str] = ()
    variables: Callable[[int], Mapping[str, str]] = field(default=lambda _port: {})
    greeting: Callable[[], None] = field(default=lambda: None)


def run(site: Site) -> int:
    """Run the site until told to stop; answer the exit status: 0 stopped, 1 failed, 2 bad arguments."""
    if "MAKELEVEL" in os.environ:
        tie_to_parent()  # a make that is killed outright passes nothing on
    try:
        _listen_to_signals()
        _open(site)
    except WrongArgument as trouble:
        print(trouble, file=sys.stderr)
        return 2
    except ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except Told:
        return 0
    return 0


def _open(site: Site) -> None:
    """Check, start everything, and watch until told to stop."""
    port = preflight.chosen_port()
    prepare(VAR)
    with only_one(VAR / "site.lock", port) as lock:
        preflight.refuse_taken_port(port, site.command)
        for name in ("DATABASE_URL", "REDIS_URL"):
            preflight.refuse_silent_server(name)
        for folder in ("log", "mail", "beat"):
            prepare(VAR / folder)
        guardian = Guardian(lock)
        with _everything_stopped(guardian):
            _serve(site, port, guardian)


def _serve(site: Site, port: int, guardian: Guardian) -> None:
    """Start servers and processes, greet, watch; ends by an exception only, after stopping the processes."""
    mail_port = None if ensure.given("EMAIL_URL") else preflight.free_port()
    environment = _environment(site, port, mail_port)
    group = Group(VAR / "log", environment, guardian, say)
    # Written down before they start: whatever interrupts us, they are stopped.
    ours = ensure.missing_servers()
    guardian.note("servers", VAR, *ours)
    try:
        ensure.ensure_servers()
        if mail_port:
            group.start("mail", python("newsroom.servers.mailbox", "--port", mail_port, "--folder", VAR / "mail"))
        if site.settled:
            say("Vérification de la base…")
        if not site.settled or manage(site.settled, environment) != 0:
            for step in site.steps:
                take(step, environment)
        for name, command in commands(port).items():
            group.start(name, command)
        _wait_for_answer(group, port, mail_port)
        say(f"ready http://{preflight.HOST}:{port}")
        site.greeting()
        while True:
            group.look()
            time.sleep(LOOK_SECONDS)
    finally:
        _be_deaf()
        say("Arrêt en cours…")
        group.stop()
        ensure.stop_servers(ours)


def _environment(site: Site, port: int, mail_port: int | None) -> dict[str, str]:
    """Answer the environment of every process of the site."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": site.settings,
        "PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        **site.variables(port),
    }
    if mail_port:
        environment["EMAIL_URL"] = f"smtp://{preflight.HOST}:{mail_port}"
    return environment


def _wait_for_answer(group: Group, port: int, mail_port: int | None) -> None:
    """Wait until the site answers and its mail is taken; raises ServerTrouble when it takes too long."""
    end = time.monotonic() + READY_SECONDS
    while not (_is_alive(port) and (mail_port is None or _takes_mail(mail_port))):
        group.look()
        if time.monotonic() > end:
            address = f"http://{preflight.HOST}:{port}{LIVENESS}"
            message = f"Le site ne répond pas sur {address} (journaux : {group.logs})."
            raise ServerTrouble(message)
        time.sleep(LOOK_SECONDS / 2)


def _is_alive(port: int) -> bool:
    """Ask the site whether it lives."""
    connection = http.client.HTTPConnection(preflight.HOST, port, timeout=5)
    try:
        connection.request("GET", LIVENESS)
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _takes_mail(port: int) -> bool:
    """Say whether the mail server listens."""
    try:
        socket.create_connection((preflight.HOST, port), timeout=5).close()
    except OSError:
        return False
    return True


@contextlib.contextmanager
def _everything_stopped(guardian: Guardian) -> Iterator[None]:
    """Dismiss the guardian once what is inside has ended and cleaned up."""
    try:
        yield
    finally:
        _be_deaf()
        guardian.dismiss()


def _listen_to_signals() -> None:
    """Turn the signals that stop us into the exception Told."""

    def told(_number: int, _frame: FrameType | None) -> None:
        _be_deaf()
        raise Told

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, told)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # ignored under nohup
        signal.signal(signal.SIGHUP, told)


def _be_deaf() -> None:
    """Ignore a second Ctrl-C: stopping takes seconds and must not be cut short."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
