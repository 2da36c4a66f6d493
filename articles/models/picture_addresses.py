"""The addresses under which pictures and their renditions are served."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple
from urllib.parse import unquote

from django.conf import settings
from django.core.files.storage import default_storage

from articles.models.renditions import Rendition

# How wide the pictures of cards are at most, in pixels: a column of the front page, the square beside a title.
CARD: Final = 1080
THUMB: Final = 320

# Format, width and name of the file, as ``Image.made`` keeps them.
Made = Sequence[tuple[str, int, str]]


class SourceSet(NamedTuple):
    """What a ``<source>`` of a ``<picture>`` says: its MIME type, and the addresses with their widths."""

    kind: str
    srcset: str


def source_sets(made: Made, *, widest: int = 0) -> list[SourceSet]:
    """Return what a browser may choose from, lightest format first, nothing wider than ``widest`` (0: everything)."""
    sets = []
    for kind in (Rendition.Format.AVIF, Rendition.Format.WEBP):
        fitting = _fitting(made, kind, widest)
        if fitting:
            srcset = ", ".join(f"{address_of(name)} {width}w" for width, name in fitting)
            sets.append(SourceSet(f"image/{kind}", srcset))
    return sets


def fallback(made: Made, *, widest: int = 0) -> str:
    """Return the address of the widest JPEG no wider than ``widest``; empty where there is none."""
    fitting = _fitting(made, Rendition.Format.JPEG, widest)
    return address_of(fitting[-1][1]) if fitting else ""


def address_of(name: str) -> str:
    """Return the address of a stored file."""
    return str(default_storage.url(name))


def names_at(addresses: Iterable[str]) -> dict[str, str]:
    """Return the stored name of the file at each address; addresses that do not point into our storage are left out."""
    media = settings.MEDIA_URL
    places = (media, f"{settings.SITE_URL.rstrip('/')}{media}") if media.startswith("/") else (media,)
    names = {}
    for address in addresses:
        place = next((place for place in places if address.startswith(place)), None)
        if place is not None:
            names[address] = unquote(address[len(place) :].partition("?")[0].partition("#")[0])
    return names


def _fitting(made: Made, kind: str, widest: int) -> list[tuple[int, str]]:
    """Return (width, name) of a format's renditions, narrowest first; the narrowest alone where none fits."""
    of_kind = sorted((width, name) for one, width, name in made if one == kind)
    return [pair for pair in of_kind if not widest or pair[0] <= widest] or of_kind[:1]
