"""The house's mark (``static/img/favicon.svg``) as pixels, for what shows no SVG: home screens and social networks.

The files in ``newsroom/static/img`` were written once by ``write_icons``; a test compares them with what it draws.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw

Point = tuple[float, float]

GROUND: Final = "#0b5d4e"
STROKE: Final = "#fdfcf9"
# The drawing's own square, the width of its stroke and the round of its corners.
SIDE: Final = 32.0
PEN: Final = 2.6
ROUND: Final = 5.0
# The four curves of the ring, each by its two control points and its end, from (16, 5.5).
RING_START: Final = (16.0, 5.5)
RING: Final = (
    ((10.2, 5.5), (7.0, 10.1), (7.0, 16.0)),
    ((7.0, 21.9), (10.2, 26.5), (16.0, 26.5)),
    ((21.8, 26.5), (25.0, 21.9), (25.0, 16.0)),
    ((25.0, 10.1), (21.8, 5.5), (16.0, 5.5)),
)
PULSE: Final = ((3.5, 16.5), (12.5, 16.5), (14.7, 11.5), (18.3, 20.5), (20.3, 16.5), (28.5, 16.5))
# Drawn so many times larger, then reduced: that is what makes edges smooth.
FINER: Final = 4
STEPS: Final = 48
# Launchers cut a maskable icon down to a circle of 80 % of its side: the mark keeps well inside
# (W3C, Web Application Manifest, "Icon masks and safe zone").
SAFE: Final = 0.82


def mark(side: int, *, is_round: bool = True, scale: float = 1.0) -> Image.Image:
    """Return the mark as a square of ``side`` pixels; not ``is_round`` it fills its corners, for what cuts them itself.

    ``scale`` shrinks the drawing within its ground, which stays whole.
    """
    size = side * FINER
    picture = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((0, 0, size - 1, size - 1), radius=ROUND * size / SIDE if is_round else 0, fill=GROUND)
    _draw(pen, size / 2, size / 2, size / SIDE * scale)
    return picture.resize((side, side), Image.Resampling.LANCZOS)


def banner(width: int, height: int) -> Image.Image:
    """Return the mark alone in the middle of the house's colour: the picture of pages that have no other."""
    picture = Image.new("RGB", (width * 2, height * 2), GROUND)
    _draw(ImageDraw.Draw(picture), width, height, height * 2 / SIDE * 0.7)
    return picture.resize((width, height), Image.Resampling.LANCZOS)


def write_icons(folder: Path) -> None:
    """Write every file made of the mark into ``folder``: icons of 192 and 512 pixels, maskable, Apple's, the banner."""
    for name, picture in icons():
        picture.quantize(64, Image.Quantize.FASTOCTREE).save(folder / name, "PNG", optimize=True)


def icons() -> Iterator[tuple[str, Image.Image]]:
    """Yield the name and the pixels of every file made of the mark."""
    yield "icon-192.png", mark(192)
    yield "icon-512.png", mark(512)
    yield "icon-maskable-512.png", mark(512, is_round=False, scale=SAFE)
    yield "apple-touch-icon.png", mark(180, is_round=False, scale=0.86).convert("RGB")
    yield "partage.png", banner(1200, 630)


def _draw(pen: ImageDraw.ImageDraw, x: float, y: float, scale: float) -> None:
    """Draw ring and pulse around (x, y), ``scale`` pixels for a unit of the drawing."""
    for line in (list(_ring()), list(PULSE)):
        points = [(x + (px - SIDE / 2) * scale, y + (py - SIDE / 2) * scale) for px, py in line]
        pen.line(points, fill=STROKE, width=round(PEN * scale))
        radius = PEN * scale / 2
        # A round at every joint: Pillow's own joints leave gaps.
        for px, py in points:
            pen.ellipse((px - radius, py - radius, px + radius, py + radius), fill=STROKE)


def _ring() -> Iterator[Point]:
    """Yield points of the ring's four Bézier curves."""
    start = RING_START
    for first, second, end in RING:
        for step in range(STEPS):
            t = step / STEPS
            parts = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3)
            corners = (start, first, second, end)
            yield (
                sum(part * corner[0] for part, corner in zip(parts, corners, strict=True)),
                sum(part * corner[1] for part, corner in zip(parts, corners, strict=True)),
            )
        start = end
    yield start
