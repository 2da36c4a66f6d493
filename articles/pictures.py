"""Files that people call pictures: looked at, decoded, and written anew by us.

Nothing of the file that was sent is kept but its pixels: no place where it was taken, no comment, no second
document hidden behind the image.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageOps

from newsroom.core.refusals import Refusal

LARGEST_FILE: Final = 10 * 1024 * 1024
LARGEST_AREA: Final = 40_000_000
# WebP ends at 16,383 pixels a side, and a strip of 1 x 400,000 is no picture.
LONGEST_SIDE: Final = 16_000
# Twice the widest column of the design: sharp on dense screens, no heavier than that.
KEPT_SIDE: Final = 2_000
ACCEPTED: Final = ("JPEG", "PNG", "WEBP", "GIF")
# Drawings and screenshots keep their sharp edges; photographs do not need them.
LOSSLESS: Final = frozenset({"PNG", "GIF"})
BOMB: Final = (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning, MemoryError)
# All that Pillow has been seen to raise over hostile files; it documents OSError alone.
UNREADABLE: Final = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, OverflowError)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: WebP bytes without metadata, its size in pixels, the SHA-256 of the bytes."""

    content: bytes
    width: int
    height: int
    digest: str

    def as_file(self) -> ContentFile[bytes]:
        """Return it as a file whose name is made of its digest, never of what somebody sent."""
        return ContentFile(self.content, name=f"{self.digest[:32]}.webp")


def read_picture(file: File[bytes]) -> Picture:
    """Decode the picture in ``file`` and return it as it is kept, at most 2,000 pixels a side, upright.

    Raises Refusal, with a sentence for whoever sent it, for anything but a still JPEG, PNG, WebP or GIF of at
    most 10 MB and 40 million pixels.
    """
    if file.size > LARGEST_FILE:
        raise Refusal(_("The image is too heavy: 10 MB at most."))
    try:
        with Pillow.open(file, formats=ACCEPTED) as sent:
            _look_at(sent)
            upright = ImageOps.exif_transpose(sent)
            content, size = _written_anew(upright, lossless=sent.format in LOSSLESS)
    except BOMB as error:
        raise _too_large() from error
    except UNREADABLE as error:
        raise Refusal(_("This file is not an image that can be read: send a JPEG, PNG, WebP or GIF.")) from error
    return Picture(content, *size, digest=hashlib.sha256(content).hexdigest())


def _look_at(sent: Pillow.Image) -> None:
    """Refuse by the header alone, before any pixel is decoded."""
    width, height = sent.size
    if width * height > LARGEST_AREA or max(width, height) > LONGEST_SIDE:
        raise _too_large()
    # A telephone's "MPO" is a JPEG followed by a second view of the same scene: the first is the picture.
    if sent.format != "MPO" and getattr(sent, "n_frames", 1) > 1:
        raise Refusal(_("Animated images are not accepted."))


def _too_large() -> Refusal:
    return Refusal(_("The image is too large: 40 million pixels and 16,000 pixels a side at most."))


def _written_anew(sent: Pillow.Image, *, lossless: bool) -> tuple[bytes, tuple[int, int]]:
    """Return the WebP bytes and size of the pixels alone."""
    is_transparent = sent.mode in {"RGBA", "LA", "PA"} or "transparency" in sent.info
    pixels = sent.convert("RGBA" if is_transparent else "RGB")
    pixels.thumbnail((KEPT_SIDE, KEPT_SIDE), Pillow.Resampling.LANCZOS)
    clean = Pillow.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    written = BytesIO()
    clean.save(written, "WEBP", lossless=lossless, quality=82, method=4)
    return written.getvalue(), clean.size
