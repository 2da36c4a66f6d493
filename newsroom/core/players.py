"""Players of other houses that an article may show: which, by what address, and where their player is.

A page of ours never loads anything of theirs by itself: it shows a link, and ``js/embeds.js`` puts the player in its
place when a reader asks for it. The script knows the same providers, and the content policy allows their hosts in
frames (``FRAMES`` in the settings); a test holds the three lists together.
"""

import re
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit


class Provider(NamedTuple):
    """A house whose players we show."""

    name: str
    #: What the address of a piece looks like, without scheme and "www."; ``id`` names the piece.
    address: re.Pattern[str]
    #: The one form in which we write the address.
    page: str
    #: Whether one listens and sees nothing.
    is_audio: bool = False


PROVIDERS = (
    Provider(
        "YouTube",
        re.compile(r"(?:(?:m\.)?youtube\.com/(?:watch/|embed/|shorts/|live/)|youtu\.be/)(?P<id>[\w-]{11})/?", re.ASCII),
        "https://www.youtube.com/watch?v={id}",
    ),
    Provider(
        "Vimeo",
        re.compile(r"(?:player\.)?vimeo\.com/(?:video/|channels/[\w-]+/)?(?P<id>\d{6,12})/?", re.ASCII),
        "https://vimeo.com/{id}",
    ),
    Provider(
        "Dailymotion",
        re.compile(r"(?:dailymotion\.com/(?:embed/)?video/|dai\.ly/)(?P<id>[a-zA-Z0-9]{5,12})/?"),
        "https://www.dailymotion.com/video/{id}",
    ),
    Provider(
        "Acast",
        re.compile(r"(?:shows\.acast\.com/(?P<id>[\w-]+/episodes/[\w-]+))/?", re.ASCII),
        "https://shows.acast.com/{id}",
        is_audio=True,
    ),
)


class Piece(NamedTuple):
    """Something to see or to hear at a provider's."""

    provider: Provider
    address: str


def recognised(address: str) -> Piece | None:
    """Return what an address plays, with the address as we write it; None for anybody else's."""
    try:
        parts = urlsplit(address.strip())
        host = parts.hostname or ""
    except ValueError:
        return None
    if parts.scheme not in {"https", "http"} or parts.username is not None:
        return None
    path = parts.path
    if path == "/watch":
        path = f"/watch/{parse_qs(parts.query).get('v', [''])[0]}"
    for provider in PROVIDERS:
        match = provider.address.fullmatch(host.removeprefix("www.") + path)
        if match is not None:
            return Piece(provider, provider.page.format(id=match["id"]))
    return None
