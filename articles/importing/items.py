"""What an import is made of, whatever file it came from."""

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


class UnreadableSourceError(Exception):
    """The file as a whole cannot be read (further); the message is a sentence for the person who imports it."""


@dataclass(frozen=True)
class Flaw:
    """An item that cannot be taken, and why, in a sentence. ``label`` tells which one."""

    label: str
    reason: str


@dataclass(frozen=True)
class SourceComment:
    """A comment as the source has it; ``parent`` is the source's id of the comment it answers."""

    source_id: str
    author: str
    text: str
    at: datetime
    parent: str = ""


@dataclass(frozen=True)
class SourceReference:
    """A reference, with its DOI when the source gives one."""

    text: str
    doi: str = ""
    url: str = ""


@dataclass(frozen=True)
class SourcePartner:
    """What makes a story a partner's: who is named as its sponsor, where it was published first, when it ends here."""

    sponsor: str
    canonical_url: str
    unpublish_at: datetime


@dataclass(frozen=True)
class SourceItem:
    """A story as the source has it, checked for form: a title, an id, a date that a calendar can hold."""

    source_id: str
    title: str
    summary: str = ""
    html: str = ""
    published_at: datetime | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kicker: str = ""
    format: str = "news"
    specialties: tuple[str, ...] = ()
    references: tuple[SourceReference, ...] = ()
    selections: tuple[str, ...] = ()
    comments: tuple[SourceComment, ...] = ()
    comment_count: int = 0
    # The address of the story at the source; empty where it gives none.
    url: str = ""
    partner: SourcePartner | None = None
    # For whom the source says that the text is.
    audience: str = "public"

    @property
    def digest(self) -> str:
        """Return a digest of everything the source says of the story: equal digests, nothing changed there.

        The address is left out, which says where the story is and not what; so are "no partner" and "for everybody", so
        that digests of stories taken before sources could say otherwise are what they were.
        """
        told = asdict(self)
        del told["url"]
        if self.audience == "public":
            del told["audience"]
        if self.partner is None:
            del told["partner"]
        return digest_of(told)


@dataclass(frozen=True)
class SourceSelection:
    """A selection that the source names."""

    slug: str
    title: str
    is_partner: bool = False


@dataclass(frozen=True)
class SourceArgument:
    """An argument of a debate as the source quotes it."""

    author: str
    position: str
    text: str


@dataclass(frozen=True)
class SourceDebate:
    """A debate as the source describes it; ``cites`` are source ids of stories."""

    question: str
    positions: tuple[str, ...]
    arguments: tuple[SourceArgument, ...] = ()
    cites: tuple[str, ...] = ()


@dataclass(frozen=True)
class Frame:
    """What a source says beside its stories."""

    selections: tuple[SourceSelection, ...] = ()
    debates: tuple[SourceDebate, ...] = ()


@dataclass(frozen=True)
class Source:
    """A recognised file: its items, read one at a time, and then its frame.

    Iterating may raise UnreadableSourceError after some items: those were whole and stay taken. ``frame`` may only
    be asked once the items have been read to the end without it, which proves the file sound.
    """

    items: Iterator[SourceItem | Flaw]
    frame: Callable[[], Frame] = Frame


def digest_of(values: Any) -> str:
    """Return the SHA-256 (hex) of JSON-like values, dates included, in a canonical form."""
    canonical = json.dumps(values, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()
