"""Reading the local catch-all: the messages that the demo's mail server kept as files."""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

# What `newsroom.servers.mailbox` calls its files: nothing else is ever opened.
NAME = re.compile(r"[0-9]+-[0-9]+-[0-9]+")


@dataclass(frozen=True)
class Letter:
    """One message: its file's name without suffix, and its parsed head (and body when it was `opened`)."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        """Return the subject; empty where there is none."""
        return str(self.message["subject"] or "")

    @property
    def sender(self) -> str:
        """Return who sent it, as the message says."""
        return str(self.message["from"] or "")

    @property
    def recipient(self) -> str:
        """Return whom it is for, as the message says."""
        return str(self.message["to"] or "")

    @property
    def sent_at(self) -> datetime | None:
        """Return the message's date, None where it has no readable one."""
        try:
            return parsedate_to_datetime(str(self.message["date"]))
        except ValueError:
            return None

    @property
    def headers(self) -> list[tuple[str, str]]:
        """Return every header in order."""
        return [(name, str(value)) for name, value in self.message.items()]

    @property
    def text(self) -> str:
        """Return the plain text part; empty where there is none."""
        return self._part("plain")

    @property
    def html(self) -> str:
        """Return the HTML part as it was sent; empty where there is none."""
        return self._part("html")

    def _part(self, kind: str) -> str:
        part = self.message.get_body(preferencelist=(kind,))
        return str(part.get_content()) if part else ""


def newest(folder: Path, most: int) -> list[Letter]:
    """Return the heads of the latest messages, newest first; none where the folder does not exist yet."""
    names = sorted((path for path in folder.glob("*.eml") if NAME.fullmatch(path.stem)), reverse=True)
    parser = BytesHeaderParser(policy=default)
    return [Letter(path.stem, parser.parsebytes(path.read_bytes())) for path in names[:most]]


def opened(folder: Path, name: str) -> Letter | None:
    """Return the message of that name, or None."""
    path = folder / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        return None
    return Letter(name, message_from_bytes(path.read_bytes(), policy=default))
