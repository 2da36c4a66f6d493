"""The making of renditions: a kept picture in, the bytes of its widths and formats out. Knows no database."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any, Final, NamedTuple

from PIL import Image as Pillow

from articles.models.renditions import Rendition

Format = Rendition.Format
# AVIF at speed 6: on a photograph of 1920 x 1280, 100 kB and 41.6 dB (PSNR) in half a second; speed 8 takes half the
# time for 130 kB and 41.2 dB. It is made once and sent for ever.
OPTIONS: Final[dict[str, dict[str, Any]]] = {
    Format.AVIF: {"quality": 60, "speed": 6},
    Format.WEBP: {"quality": 80, "method": 4},
    Format.JPEG: {"quality": 82, "progressive": True, "optimize": True},
}
PAPER: Final = (255, 255, 255)


class Made(NamedTuple):
    """A rendition: its width in pixels, its format, its bytes."""

    width: int
    format: str
    content: bytes


def make_renditions(file: IO[bytes], wanted: Iterable[tuple[int, str]]) -> Iterator[Made]:
    """Yield each wanted (width, format) of the picture in ``file``, one at a time, as it is made.

    The file is one that ``read_picture`` has written: small, still, without metadata; so are its renditions. Raises
    OSError for a file that cannot be read.
    """
    with Pillow.open(file, formats=["WEBP"]) as kept:
        pixels = kept.convert("RGBA" if kept.mode == "RGBA" else "RGB")
    at_hand: Pillow.Image | None = None
    for width, kind in wanted:
        if at_hand is None or at_hand.width != width:
            at_hand = _at_width(pixels, width)
        yield Made(width, kind, _encoded(at_hand, kind))


def _at_width(pixels: Pillow.Image, width: int) -> Pillow.Image:
    if pixels.width == width:
        return pixels
    height = max(1, round(pixels.height * width / pixels.width))
    return pixels.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0)


def _encoded(pixels: Pillow.Image, kind: str) -> bytes:
    if kind == Format.JPEG and pixels.mode == "RGBA":
        # JPEG knows no transparency: what shows through is paper.
        opaque = Pillow.new("RGB", pixels.size, PAPER)
        opaque.paste(pixels, mask=pixels.getchannel("A"))
        pixels = opaque
    written = BytesIO()
    pixels.save(written, kind.upper(), **OPTIONS[kind])
    return written.getvalue()
