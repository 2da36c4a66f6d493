"""Files that people call pictures: looked at, decoded, and written anew by us.

Nothing of the file that was sent is kept but its pixels, in the colours of the web (sRGB): no place where it was taken,
no comment, no profile, no second document hidden behind the image.
"""

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

from django.core.files.base import ContentFile, File
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

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
# Enough to see by what a file begins, past a byte order mark, an XML declaration and a comment.
HEAD: Final = 1024
# Each colour space that a profile may describe (ICC.1, table 19), and Pillow's mode for its pixels.
SPACES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK"}


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
    """Decode the picture in ``file`` and return it as it is kept, at most 2,000 pixels a side, upright, in sRGB.

    What the file is called does not matter, what it holds does. Raises Refusal, with a sentence for whoever sent it,
    for anything but a still JPEG, PNG, WebP or GIF of at most 10 MB and 40 million pixels.
    """
    if file.size > LARGEST_FILE:
        raise Refusal(_("The image is too heavy: 10 MB at most."))
    try:
        with Pillow.open(file, formats=ACCEPTED) as sent:
            _look_at(sent)
            content, size = _written_anew(ImageOps.exif_transpose(sent), lossless=sent.format in LOSSLESS)
    except BOMB as error:
        raise _too_large() from error
    except UNREADABLE as error:
        raise _unreadable(file) from error
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


def _unreadable(file: File[bytes]) -> Refusal:
    """Say what the file is rather than a picture, as far as its beginning tells."""
    file.seek(0)
    head = file.read(HEAD).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return Refusal(_("SVG drawings are not accepted: they may hold programs. Export the drawing as a PNG."))
    if head.startswith((b"%pdf", b"%!ps", b"\xc5\xd0\xd3\xc6")):
        return Refusal(_("This is a PDF or PostScript document, not an image: export the page as a JPEG or PNG."))
    if head.startswith((b"<!doctype", b"<html", b"<?xml", b"<script", b"<body", b"<head")):
        return Refusal(_("This file is a web page, not an image, whatever its name says."))
    if head[4:8] == b"ftyp":
        return Refusal(_("Photographs in HEIC or AVIF are not accepted: export them as JPEG."))
    if head.startswith((b"\xff\xd8\xff", b"\x89png", b"gif8")) or (head[:4] == b"riff" and head[8:12] == b"webp"):
        return Refusal(_("The image is damaged or incomplete: export it again, then send it again."))
    return Refusal(_("This file is not an image that can be read: send a JPEG, PNG, WebP or GIF."))


def _written_anew(sent: Pillow.Image, *, lossless: bool) -> tuple[bytes, tuple[int, int]]:
    """Return the WebP bytes and size of the pixels alone."""
    pixels = _in_srgb(sent)
    pixels.thumbnail((KEPT_SIDE, KEPT_SIDE), Pillow.Resampling.LANCZOS)
    clean = Pillow.new(pixels.mode, pixels.size)
    clean.paste(pixels)
    written = BytesIO()
    clean.save(written, "WEBP", lossless=lossless, quality=82, method=4)
    return written.getvalue(), clean.size


def _in_srgb(sent: Pillow.Image) -> Pillow.Image:
    """Return the pixels as RGB or RGBA in sRGB: what a profile said about them is worked in, then it can go."""
    if sent.mode.startswith("I"):
        # Sixteen bits of grey: the high byte is the picture.
        sent = sent.point(lambda level: level / 256).convert("L")
    is_transparent = sent.mode in {"RGBA", "LA", "PA"} or "transparency" in sent.info
    plain = sent.convert("RGBA" if is_transparent else "RGB")
    coloured = _by_profile(sent if sent.mode in {"CMYK", "L"} else plain.convert("RGB"), sent.info.get("icc_profile"))
    if coloured is None:
        return plain
    if is_transparent:
        coloured.putalpha(plain.getchannel("A"))
    return coloured


def _by_profile(pixels: Pillow.Image, profile: bytes | None) -> Pillow.Image | None:
    """Return the pixels carried from their profile's colours to sRGB; None without a profile that fits them."""
    if not profile:
        return None
    try:
        theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
        if SPACES.get(theirs.profile.xcolor_space.strip()) != pixels.mode:
            return None
        return ImageCms.profileToProfile(pixels, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, *UNREADABLE):
        # A broken profile says nothing; the picture is still one.
        return None
