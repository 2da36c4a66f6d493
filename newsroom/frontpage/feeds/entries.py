"""What a feed and its items say, however they are written."""

import mimetypes
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings

# As podcast directories know them.
SOUNDS = {"mp3": "audio/mpeg", "m4a": "audio/x-m4a", "ogg": "audio/ogg"}
# The year in which the site's name became ours: a part of every lasting name (RFC 4151, section 2.1).
NAMED_IN = 2026


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside an item; ``url`` is absolute."""

    url: str
    alt: str = ""
    credit: str = ""

    @property
    def kind(self) -> str:
        """Return its MIME type."""
        return mimetypes.guess_type(self.url)[0] or "image/jpeg"


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound file; addresses are absolute, ``size`` in bytes, ``seconds`` 0 where nobody has said.

    ``chapters`` and ``transcript`` are where those are read; empty where there are none.
    """

    url: str
    size: int
    seconds: int = 0
    chapters: str = ""
    transcript: str = ""

    @property
    def kind(self) -> str:
        """Return its MIME type."""
        return SOUNDS.get(self.url.rpartition(".")[2].lower(), "audio/mpeg")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item. ``html`` is safe, with absolute addresses, and empty where there is no text for everybody."""

    name: str
    url: str
    title: str
    summary: str
    published: datetime
    updated: datetime
    html: str = ""
    authors: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    picture: Picture | None = None
    sound: Sound | None = None
    episode: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a feed says of itself: its own name and address, and the page that it follows; addresses are absolute."""

    name: str
    title: str
    description: str
    page: str
    address: str


def lasting_name(kind: str, key: object) -> str:
    """Return the name of a thing for ever, whatever becomes of its title and its address (RFC 4151)."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},{NAMED_IN}:{kind}/{key}"
