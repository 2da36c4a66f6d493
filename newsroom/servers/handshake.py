"""Asks a PostgreSQL server whether it takes connections, without a driver, before anything is set up."""

import enum
import socket
import struct
from pathlib import Path

from newsroom.servers.places import POSTGRES_USER

SECONDS = 2.0
PROTOCOL = 196608  # 3.0: https://www.postgresql.org/docs/current/protocol-message-formats.html


class Answer(enum.Enum):
    """What became of the attempt."""

    READY = enum.auto()
    REFUSED = enum.auto()
    """Starting, stopping, full, or without that database."""
    ABSENT = enum.auto()


def answer(path: Path, database: str) -> Answer:
    """Open a session on `database` over the socket `path`, close it, and say how that went."""
    pairs = f"user\0{POSTGRES_USER}\0database\0{database}\0\0".encode()
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(SECONDS)
            line.connect(str(path))
            line.sendall(struct.pack("!II", len(pairs) + 8, PROTOCOL) + pairs)
            with line.makefile("rb") as incoming:
                while head := incoming.read(5):
                    kind, length = struct.unpack("!cI", head)
                    incoming.read(length - 4)
                    if kind == b"E":
                        return Answer.REFUSED
                    if kind == b"Z":  # ready for a query
                        line.sendall(b"X\0\0\0\4")
                        return Answer.READY
    except (OSError, struct.error):
        return Answer.ABSENT
    return Answer.ABSENT
