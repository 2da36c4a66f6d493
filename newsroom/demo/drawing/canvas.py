"""A sheet of 1200 x 675 units, drawn twice as large and reduced once: that is the antialiasing."""

# ruff: noqa: PLR0913, PLR0917 - a stroke of the pen is its place, its size and its colour

import math
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Self

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 1200, 675
SCALE = 2

Point = tuple[float, float]
Points = Sequence[Point]


def rgb(colour: str, alpha: float = 1) -> tuple[int, int, int, int]:
    """`#rrggbb` and an opacity from 0 to 1, as the four numbers that Pillow takes."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return red, green, blue, round(alpha * 255)


def blend(one: str, other: str, share: float) -> str:
    """The colour that lies at `share` (0 to 1) of the way from one to the other."""
    first, second = rgb(one), rgb(other)
    mixed = [round(a + (b - a) * share) for a, b in zip(first[:3], second[:3], strict=True)]
    return "#{:02x}{:02x}{:02x}".format(*mixed)


class Canvas:
    """What every scene draws on. Coordinates and sizes are in units of the finished picture."""

    def __init__(self, seed: int, top: str, bottom: str) -> None:
        """A vertical gradient from `top` to `bottom`; `seed` decides every chance of the scene."""
        self.chance = random.Random(seed)  # noqa: S311 - a drawing, not a secret
        column = Image.new("RGB", (1, HEIGHT))
        for y in range(HEIGHT):
            column.putpixel((0, y), rgb(blend(top, bottom, y / HEIGHT))[:3])
        self.image = column.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.BILINEAR)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def disc(self, x: float, y: float, radius: float, colour: str, alpha: float = 1) -> Self:
        """A full circle."""
        return self.oval(x, y, radius, radius, colour, alpha)

    def oval(self, x: float, y: float, rx: float, ry: float, colour: str, alpha: float = 1) -> Self:
        """A full ellipse around its centre."""
        box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        self.pen.ellipse(box, fill=rgb(colour, alpha))
        return self

    def ring(self, x: float, y: float, radius: float, width: float, colour: str, alpha: float = 1) -> Self:
        """A circle's outline, `width` thick towards the inside."""
        box = [(x - radius) * SCALE, (y - radius) * SCALE, (x + radius) * SCALE, (y + radius) * SCALE]
        self.pen.ellipse(box, outline=rgb(colour, alpha), width=round(width * SCALE))
        return self

    def block(self, x: float, y: float, w: float, h: float, colour: str, alpha: float = 1, radius: float = 0) -> Self:
        """A rectangle from its upper left corner, with rounded corners where `radius` is given."""
        box = [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE]
        self.pen.rounded_rectangle(box, radius=radius * SCALE, fill=rgb(colour, alpha))
        return self

    def shape(self, points: Iterable[Point], colour: str, alpha: float = 1) -> Self:
        """A filled polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=rgb(colour, alpha))
        return self

    def stroke(self, points: Points, width: float, colour: str, alpha: float = 1) -> Self:
        """A line with round joints and ends."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=rgb(colour, alpha), width=round(width * SCALE), joint="curve")
        if alpha == 1:
            for x, y in (points[0], points[-1]):
                self.disc(x, y, width / 2, colour)
        return self

    def ridge(self, base: float, swell: float, colour: str, alpha: float = 1) -> Self:
        """A hilly band from its crest, around `base`, down to the lower edge."""
        waves = [(self.chance.uniform(0.6, 2.6), self.chance.uniform(0, 6.3)) for _ in range(3)]
        crest = [
            (
                x,
                base + swell * sum(math.sin(x / WIDTH * 6.3 * f / 2 + p) / (i + 1) for i, (f, p) in enumerate(waves)),
            )
            for x in range(0, WIDTH + 10, 6)
        ]
        return self.shape([*crest, (WIDTH + 10, HEIGHT), (0, HEIGHT)], colour, alpha)

    def blob(self, x: float, y: float, radius: float, colour: str, alpha: float = 1, wobble: float = 0.12) -> Self:
        """A soft, slightly irregular round shape."""
        waves = [(k, self.chance.uniform(0, 6.3), self.chance.uniform(0.3, 1) * wobble / k) for k in (2, 3, 4)]
        points = []
        for step in range(120):
            turn = step * math.tau / 120
            reach = radius * (1 + sum(size * math.sin(k * turn + phase) for k, phase, size in waves))
            points.append((x + reach * math.cos(turn), y + reach * math.sin(turn)))
        return self.shape(points, colour, alpha)

    def save(self, path: Path) -> None:
        """Reduce to the finished size and write WebP."""
        small = self.image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        small.save(path, "WEBP", quality=84, method=6)
