"""A mail server that delivers nothing: every message becomes a file, for the demo and the tests to read.

`python -m newsroom.servers.mailbox --port N --folder DIR` listens on 127.0.0.1 until SIGTERM or SIGINT.
"""

import argparse
import contextlib
import itertools
import os
import signal
import sys
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from newsroom.servers.troubles import reason

HOST = "127.0.0.1"
LARGEST_MESSAGE = 20 * 1024 * 1024
"""Bytes; more is refused, as by a real server."""


class Mailbox:
    """Keeps each message as one `.eml` file in `folder`; names sort by time of arrival."""

    def __init__(self, folder: Path) -> None:
        """Create the folder if need be."""
        self.folder = folder
        self._numbers = itertools.count()
        folder.mkdir(parents=True, exist_ok=True)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Store one message, its envelope in two headers on top; answer only once the file is there whole."""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        head = f"X-Envelope-From: {envelope.mail_from}\r\nX-Envelope-To: {', '.join(envelope.rcpt_tos)}\r\n"
        name = f"{time.time_ns():020d}-{os.getpid()}-{next(self._numbers):06d}.eml"
        scratch = self.folder / f".{name}"
        scratch.write_bytes(head.encode("utf-8", "surrogateescape") + content)
        scratch.rename(self.folder / name)
        return "250 OK"


def main() -> int:
    """Listen until told to stop; exit status 1, with one line, when the port is taken."""
    parser = argparse.ArgumentParser(description="Boîte aux lettres locale : garde tout, ne distribue rien.")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    # Blocked before the server's thread exists, so that sigwait below is the only one to get them.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    controller = Controller(
        Mailbox(options.folder),
        hostname=HOST,
        port=options.port,
        data_size_limit=LARGEST_MESSAGE,
        enable_SMTPUTF8=True,
    )
    try:
        controller.start()
    except OSError as error:
        print(f"Le port {options.port} ne peut pas être écouté ({reason(error)}).", file=sys.stderr)
        return 1
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
    with contextlib.suppress(OSError):
        controller.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
