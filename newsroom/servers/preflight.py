"""What is checked before anything is started: the port, the addresses in the environment."""

import errno
import os
import socket
from urllib.parse import urlsplit

from newsroom.servers.troubles import ServerTrouble, WrongArgument, reason

HOST = "127.0.0.1"
DEFAULT_PORT = 8000
LAST_PORT = 65535
SECONDS = 3.0
USUAL_PORTS = {"postgres": 5432, "postgresql": 5432, "redis": 6379, "rediss": 6379}


def chosen_port() -> int:
    """Answer the port that the environment asks for; raises WrongArgument when it is none."""
    text = os.environ.get("PORT", "").strip() or str(DEFAULT_PORT)
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= LAST_PORT:
        message = (
            f"PORT={text} n’est pas un numéro de port : donnez un nombre de 1 à {LAST_PORT}, par exemple PORT=9000."
        )
        raise WrongArgument(message)
    return int(text)


def refuse_taken_port(port: int, command: str) -> None:
    """Raise ServerTrouble when `port` cannot be listened on, saying how to choose another for `command`."""
    try:
        with socket.socket() as attempt:
            # As servers do: an address that a past connection still lingers on is free.
            attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            attempt.bind((HOST, port))
            attempt.listen()
    except OSError as error:
        verdict = "est déjà pris" if error.errno == errno.EADDRINUSE else "ne peut pas être ouvert"
        example = DEFAULT_PORT + 1000 if port != DEFAULT_PORT + 1000 else DEFAULT_PORT + 2000
        message = (
            f"Le port {port} {verdict} sur {HOST} : "
            f"choisissez-en un autre, par exemple « PORT={example} make {command} »."
        )
        raise ServerTrouble(message) from None


def free_port() -> int:
    """Answer a port that nobody listens on at this moment."""
    with socket.socket() as attempt:
        attempt.bind((HOST, 0))
        return int(attempt.getsockname()[1])


def refuse_silent_server(name: str) -> None:
    """Raise ServerTrouble when the address in the variable `name` is well formed and nobody answers there.

    Anything else is for the settings to judge. The line shows host and port only, never a password.
    """
    try:
        parts = urlsplit(os.environ.get(name, ""))
        host, port = parts.hostname, parts.port or USUAL_PORTS.get(parts.scheme)
    except ValueError:
        return
    if not host or not port:
        return
    try:
        socket.create_connection((host, port), timeout=SECONDS).close()
    except OSError as error:
        message = f"{name} : aucun serveur ne répond à {host}:{port} ({reason(error)})."
        raise ServerTrouble(message) from None
