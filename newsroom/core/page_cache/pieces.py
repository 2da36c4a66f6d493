"""Pages put together from pieces that are kept: when one part changes, that part alone is made anew.

A *frame* is a page with holes, kept with the keys of the *parts* that fill them: the discussion, the rail, each card
of a list. Frames, parts and whole pages go when what they were made from changes, each by its own names. So a new
comment costs its own thread, not the article above it; and a page that is no longer kept whole is joined, not made.

Without Redis, or with the cache off, a page is made in one go: the same bytes, slower.
"""

import json
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import wraps
from http import HTTPStatus
from typing import Final, Self

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from redis.exceptions import RedisError

from newsroom.core.page_cache.declaring import View, page_key
from newsroom.core.page_cache.purging import CLOCK
from newsroom.core.page_cache.sources import at_making, gathering, made_of
from newsroom.core.page_cache.store import PageStore, page_store
from newsroom.core.rendering import stored as declared_safe

log = structlog.get_logger(__name__)

# Signs that no text has: what is stored is free of control signs, and the token beside them is drawn for each frame.
OPENS, CLOSES = "\x02", "\x03"
A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Part:
    """What stands in pages and is kept by itself, under ``key``.

    ``names`` says what it is made from beyond the rows that ``make`` reads. ``kept_for`` is for what changes without
    a row of its own changing, such as an order by what is most discussed.
    """

    key: str
    make: Callable[[], str]
    names: frozenset[str] = frozenset()
    kept_for: timedelta = A_DAY


@dataclass(frozen=True)
class Frame(Part):
    """A page with holes: ``make`` writes it with ``put`` where parts stand.

    ``leaves`` names the kinds of rows (``thread``) that it reads only to hand them on to its parts: it does not go
    when they change.
    """

    leaves: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """A frame or a part as it is kept: its text, what it was made from, and the token of a frame's holes."""

    text: str
    names: frozenset[str]
    token: str = ""

    def stored(self) -> bytes:
        """Return it as it is written into the cache."""
        about = json.dumps({"names": sorted(self.names), "token": self.token}, separators=(",", ":"))
        return f"{about}\n{self.text}".encode()

    @classmethod
    def read(cls, stored: bytes) -> Self | None:
        """Return what was written; None for what is damaged: it is made anew."""
        about, _line, text = stored.partition(b"\n")
        try:
            told = json.loads(about)
            return cls(text.decode(), frozenset(told["names"]), told["token"])
        except (ValueError, KeyError, TypeError) as error:
            log.warning("piece_damaged", error=str(error))
            return None

    def split(self) -> tuple[list[str], list[str]]:
        """Return the texts around its holes, and the keys of what fills them: one text more than keys."""
        if not self.token:
            return [self.text], []
        first, *others = self.text.split(f"{OPENS}{self.token}")
        pairs = [other.partition(CLOSES) for other in others]
        return [first, *(text for _key, _closes, text in pairs)], [key for key, _closes, _text in pairs]


# Makes the parts again whose keys a kept frame names, where they are kept no longer.
Refill = Callable[[list[str]], Mapping[str, Part]]


@dataclass
class _Framing:
    """A frame being made: the token of its holes, and the parts that were put into it."""

    token: str
    parts: dict[str, Part] = field(default_factory=dict)


_framing: ContextVar[_Framing | None] = ContextVar("framing", default=None)


def is_framing() -> bool:
    """Say whether a frame is being made, so that ``put`` leaves holes."""
    return _framing.get() is not None


def put(part: Part) -> SafeString:
    """Return what goes where the part stands: a hole while a frame is being made, otherwise the part itself."""
    framing = _framing.get()
    if framing is None:
        return declared_safe(part.make())
    framing.parts[part.key] = part
    return declared_safe(f"{OPENS}{framing.token}{part.key}{CLOSES}")


def assembled(frame: Frame, parts: Iterable[Part] = (), refill: Refill | None = None) -> str:
    """Return the page: its frame and parts from the cache, what is missing made and kept.

    ``parts`` are those that the page is known to have; the others of a kept frame are made again by ``refill``. Raises
    whatever a ``make`` raises.
    """
    if not settings.PAGE_CACHE or not at_making().is_kept:
        return frame.make()
    try:
        return _Assembly(page_store(), frame, {part.key: part for part in parts}, refill).page()
    except RedisError as error:
        log.warning("pieces_away", error=str(error))
        return frame.make()


class _OtherwiseError(Exception):
    """A view has answered something else than a page."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def framed(
    refill: Refill, *names: str, leaves: Iterable[str] = ("thread",), kept_for: timedelta = A_DAY
) -> Callable[[View], View]:
    """Declare a view, below ``cached_page``, whose page is kept as a frame beside its cards.

    ``names`` are the lists that it shows, ``refill`` makes its cards again, ``leaves`` are the kinds of rows that only
    its cards show. What is not a page (a redirect, an error) is passed on.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            def make() -> str:
                response = view(request, *args, **kwargs)
                if response.status_code != HTTPStatus.OK or response.cookies or response.streaming:
                    raise _OtherwiseError(response)
                return response.content.decode()

            frame = Frame(f"page:{page_key(request)}", make, frozenset(names), kept_for, frozenset(leaves))
            try:
                return HttpResponse(assembled(frame, (), refill))
            except _OtherwiseError as otherwise:
                return otherwise.response

        return answer

    return declare


class _Assembly:
    """One page being put together."""

    def __init__(self, store: PageStore, frame: Frame, parts: dict[str, Part], refill: Refill | None) -> None:
        self.store, self.frame, self.parts, self.refill = store, frame, parts, refill
        self.asked: set[str] = set()
        self.pieces: dict[str, Piece] = {}
        self.fresh: dict[str, tuple[Part, Piece]] = {}

    def page(self) -> str:
        """Return the page, and keep what had to be made for it."""
        # What is purged from here on takes along what is made from what was there before: it is not kept.
        begun = self._fetch([self.frame.key, *self.parts])
        if self.frame.key not in self.pieces:
            self._make_frame()
        outline = self.pieces[self.frame.key]
        texts, keys = outline.split()
        self._fetch(keys)
        if not self._fill([key for key in dict.fromkeys(keys) if key not in self.pieces]):
            # The frame names what is there no more: both are about to go.
            return self.frame.make()
        self._keep(begun)
        written, names = [texts[0]], set(outline.names)
        for key, after in zip(keys, texts[1:], strict=True):
            piece = self.pieces[key]
            written += [piece.text, after]
            names |= piece.names
        made_of(*names)
        return "".join(written)

    def _fetch(self, keys: list[str]) -> str:
        """Read what is kept of these and was not asked for yet; return the cache's moment before."""
        keys = [key for key in dict.fromkeys(keys) if key not in self.asked]
        if not keys:
            return ""
        self.asked.update(keys)
        moment, stored = self.store.pieces(keys)
        for key, one in zip(keys, stored, strict=True):
            piece = Piece.read(one) if one is not None else None
            if piece is not None:
                self.pieces[key] = piece
        return moment

    def _make_frame(self) -> None:
        framing = _Framing(token=secrets.token_hex(8))
        with gathering() as gathered, _made_as(framing):
            text = self.frame.make()
        read = {name for name in gathered if name.partition(":")[0] not in self.frame.leaves}
        self.parts |= framing.parts
        self._have(self.frame, Piece(text, frozenset(read) | self.frame.names | {CLOCK}, framing.token))

    def _fill(self, missing: list[str]) -> bool:
        """Make the missing parts; say whether all of them could be."""
        unknown = [key for key in missing if key not in self.parts]
        if unknown and self.refill is not None:
            self.parts |= self.refill(unknown)
        if any(key not in self.parts for key in missing):
            return False
        for part in [self.parts[key] for key in missing]:
            with gathering() as gathered, _made_as(None):
                text = part.make()
            self._have(part, Piece(text, frozenset(gathered) | part.names | {CLOCK}))
        return True

    def _have(self, part: Part, piece: Piece) -> None:
        self.pieces[part.key] = piece
        self.fresh[part.key] = part, piece

    def _keep(self, begun: str) -> None:
        if not self.fresh:
            return
        now, ends = timezone.now(), _end()
        kept = [
            (key, piece.stored(), sorted(piece.names), min(now + part.kept_for, ends))
            for key, (part, piece) in self.fresh.items()
        ]
        try:
            self.store.keep_pieces(kept, begun=begun)
        except RedisError as error:
            log.warning("pieces_not_kept", error=str(error))


@contextmanager
def _made_as(framing: _Framing | None) -> Iterator[None]:
    token = _framing.set(framing)
    try:
        yield
    finally:
        _framing.reset(token)


def _end() -> datetime:
    """Return until when a piece is true at most: the next release, and midnight, for pages say what day it is."""
    tomorrow = timezone.localdate() + A_DAY
    midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
    latest = min(midnight, timezone.now() + settings.PAGE_STALE)
    release = at_making().true_until
    return latest if release is None else min(latest, release)
