"""Outdoors: hills, roads and seas."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 - a drawing is made of coordinates

import math
from itertools import pairwise

from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, blend


def tree(c: Canvas, x: float, y: float, size: float, leaf: str, trunk: str = "#4a3527") -> None:
    """A round tree standing at (x, y), `size` 1 being 90 units high."""
    c.block(x - 3 * size, y - 34 * size, 6 * size, 36 * size, trunk)
    c.oval(x, y - 58 * size, 24 * size, 36 * size, leaf)
    c.oval(x - 7 * size, y - 66 * size, 9 * size, 18 * size, "#ffffff", 0.1)


def house(c: Canvas, x: float, y: float, size: float, wall: str, roof: str) -> None:
    """A small house whose left lower corner is (x, y)."""
    c.block(x, y - 50 * size, 80 * size, 50 * size, wall)
    c.shape([(x - 8 * size, y - 48 * size), (x + 40 * size, y - 88 * size), (x + 88 * size, y - 48 * size)], roof)
    c.block(x + 14 * size, y - 34 * size, 18 * size, 18 * size, "#f9d48a")
    c.block(x + 50 * size, y - 30 * size, 16 * size, 30 * size, roof)


def winding(c: Canvas, bends: float, top: float, colour: str, x: float = 600) -> list[tuple[float, float]]:
    """A road from the lower edge up to `top`, growing narrow; returns its middle line, near end first."""
    middle, left, right = [], [], []
    for step in range(101):
        far = step / 100
        y = HEIGHT - (HEIGHT - top) * far
        sway = math.sin(far * bends) * 260 * (1 - far) ** 1.2
        half = 92 * (1 - far) ** 1.6 + 4
        middle.append((x + sway, y))
        left.append((x + sway - half, y))
        right.append((x + sway + half, y))
    c.shape([*left, *reversed(right)], colour)
    return middle


def chemin(seed: int) -> Canvas:
    """A path through plum-coloured hills, a first light at its end."""
    c = Canvas(seed, "#f6d9d5", "#fdf1e4")
    c.disc(640, 236, 78, "#f0a95f", 0.35).disc(640, 236, 56, "#f0a95f")
    for base, colour in ((300, "#c79bbd"), (350, "#a5719b"), (405, "#864b7c"), (455, "#6a2f60")):
        c.ridge(base, 16, colour)
    winding(c, 6.4, 462, "#f1dfc8", 640)
    for x, y, size in (
        (150, 560, 1.3),
        (215, 590, 0.9),
        (1010, 545, 1.2),
        (1075, 580, 1.6),
        (940, 520, 0.7),
        (330, 515, 0.6),
    ):
        tree(c, x, y, size, blend("#471c42", "#8d4d7c", c.chance.random()))
    return c


def route(seed: int) -> Canvas:
    """A doctor's small car on a country road between two villages."""
    c = Canvas(seed, "#cfe3e4", "#f4f1df")
    c.disc(260, 150, 62, "#f6c26b")
    for base, colour in ((280, "#a9c3ae"), (335, "#7fa98e"), (400, "#4d8570"), (470, "#1f6a59")):
        c.ridge(base, 22, colour)
    middle = winding(c, 7.2, 420, "#ded6c4", 560)
    for near, far in zip(middle[4:86:6], middle[7:89:6], strict=True):
        c.stroke([near, far], max(1.5, 6 * (near[1] - 420) / 255), "#fdfcf9")
    for x, y, size in ((820, 420, 0.9), (905, 428, 0.8), (980, 440, 1.0)):
        house(c, x, y, size, "#fdfcf9", "#96371a")
    c.shape([(862, 332), (877, 290), (892, 332)], "#2d4b66").block(866, 332, 22, 96, "#f4f1ea")
    for x, y, size in ((110, 600, 1.5), (1090, 590, 1.4), (190, 560, 0.9), (300, 470, 0.5), (1010, 545, 0.9)):
        tree(c, x, y, size, "#0f5447")
    car(c, *middle[30])
    return c


def car(c: Canvas, x: float, y: float) -> None:
    """A small red car whose middle is (x, y)."""
    c.oval(x, y + 14, 58, 8, "#15191c", 0.25).block(x - 52, y - 22, 104, 32, "#a3173f", radius=12)
    c.shape([(x - 32, y - 20), (x - 18, y - 46), (x + 22, y - 46), (x + 38, y - 20)], "#a3173f")
    c.shape([(x - 23, y - 21), (x - 13, y - 40), (x + 1, y - 40), (x + 1, y - 21)], "#dcecf2")
    c.shape([(x + 6, y - 21), (x + 6, y - 40), (x + 18, y - 40), (x + 28, y - 21)], "#dcecf2")
    for wheel in (-28, 28):
        c.disc(x + wheel, y + 10, 12, "#15191c").disc(x + wheel, y + 10, 5, "#bdc1c1")


def horizon(seed: int) -> Canvas:
    """Indigo ranges under a large pale sun, one bird."""
    c = Canvas(seed, "#3d489f", "#f2c6a0")
    c.disc(780, 330, 190, "#ffe7c4", 0.25).disc(780, 330, 136, "#ffe7c4", 0.9)
    for base, colour in (
        (350, "#8b8fc9"),
        (410, "#6a70b8"),
        (470, "#4b54a4"),
        (530, "#353f8d"),
        (590, "#232b6b"),
    ):
        c.ridge(base, 26, colour)
    for x, y, s in ((420, 180, 1.0), (480, 150, 0.7), (530, 190, 0.5)):
        c.stroke(
            [
                (x - 22 * s, y - 8 * s),
                (x - 8 * s, y - 12 * s),
                (x, y),
                (x + 8 * s, y - 12 * s),
                (x + 22 * s, y - 8 * s),
            ],
            3,
            "#1b2153",
        )
    return c


def soleil(seed: int) -> Canvas:
    """A fever: rings of heat around a sun, and a cool sea below."""
    c = Canvas(seed, "#f8e3cf", "#f3c9a4")
    for radius, share in ((420, 0.1), (340, 0.25), (268, 0.42), (204, 0.62), (148, 0.85)):
        c.disc(600, 380, radius, blend("#f6d7b4", "#96371a", share))
    c.disc(600, 380, 96, "#ffe3b0")
    for row in range(9):
        c.ridge(430 + row * 28, 7, blend("#9fc0dc", "#2d4b66", row / 8), 0.9)
    for row in range(6):
        half = 90 - row * 10
        c.stroke([(600 - half, 446 + row * 34), (600 + half, 446 + row * 34)], 6, "#ffe3b0", 0.75)
    return c


def phare(seed: int) -> Canvas:
    """A lighthouse at night and what it lights."""
    c = Canvas(seed, "#151a4a", "#4a54a8")
    for _ in range(110):
        c.disc(
            c.chance.uniform(0, WIDTH),
            c.chance.uniform(0, 400),
            c.chance.uniform(0.8, 2.4),
            "#ffffff",
            c.chance.uniform(0.3, 0.9),
        )
    c.shape([(380, 210), (1240, 20), (1240, 330)], "#ffe3b0", 0.28).shape(
        [(380, 210), (-40, 110), (-40, 270)], "#ffe3b0", 0.12
    )
    c.ridge(500, 8, "#2a337f").ridge(545, 9, "#202866").ridge(595, 9, "#181f52")
    c.shape([(210, 560), (270, 486), (330, 470), (450, 474), (520, 508), (600, 570)], "#0e1335")
    c.shape([(346, 480), (414, 480), (402, 240), (358, 240)], "#f4f1ea")
    for low, high in ((430, 380), (330, 285)):
        sides = ((-1, low), (1, low), (1, high), (-1, high))
        c.shape([(380 + side * (10 + y / 20), y) for side, y in sides], "#a3173f")
    c.block(348, 230, 64, 12, "#0e1335").block(358, 190, 44, 40, "#ffe3b0").shape(
        [(350, 190), (380, 158), (410, 190)], "#a3173f"
    )
    c.shape([(860, 560), (960, 560), (944, 584), (876, 584)], "#0e1335").shape(
        [(908, 552), (908, 470), (956, 552)], "#f4f1ea"
    )
    return c


def vague(seed: int) -> Canvas:
    """A season's wave, seen coming."""
    c = Canvas(seed, "#fbf0dc", "#f2d9a8")
    c.disc(930, 170, 70, "#c8660c", 0.85)
    for row in range(11):
        crest = []
        for x in range(-10, WIDTH + 20, 6):
            rise = 170 * math.exp(-(((x - 470 - row * 26) / 210) ** 2)) * (1 - row / 14)
            crest.append((x, 380 + row * 30 - rise + 12 * math.sin(x / 70 + row * 1.7)))
        c.shape([*crest, (WIDTH + 20, HEIGHT), (-10, HEIGHT)], blend("#e8b463", "#5a3500", row / 10))
        c.stroke(crest, 2.5, "#fdfcf9", 0.35)
    return c


def archipel(seed: int) -> Canvas:
    """Islands on a chart, and the route between them."""
    c = Canvas(seed, "#2d6a78", "#1f4f60")
    for step in range(0, WIDTH, 100):
        c.stroke([(step, 0), (step, HEIGHT)], 1, "#ffffff", 0.08)
    for step in range(50, HEIGHT, 100):
        c.stroke([(0, step), (WIDTH, step)], 1, "#ffffff", 0.08)
    islands = (
        (210, 200, 90),
        (470, 470, 120),
        (760, 190, 76),
        (980, 440, 130),
        (620, 300, 40),
        (270, 540, 44),
        (1090, 160, 52),
    )
    for x, y, size in islands:
        for more, colour, alpha in (
            (46, "#ffffff", 0.07),
            (26, "#ffffff", 0.1),
            (10, "#f1dfb8", 1),
            (-6, "#d8a54d", 1),
            (-30, "#a97220", 1),
        ):
            if size + more > 8:
                c.blob(x, y, size + more, colour, alpha, 0.3)
    stops = [(210, 200), (470, 470), (760, 190), (980, 440)]
    for (x1, y1), (x2, y2) in pairwise(stops):
        for dot in range(1, 22):
            bow = math.sin(dot / 22 * math.pi) * 46
            c.disc(x1 + (x2 - x1) * dot / 22, y1 + (y2 - y1) * dot / 22 - bow, 3.6, "#fdfcf9", 0.95)
    for x, y in stops:
        c.disc(x, y, 13, "#fdfcf9").disc(x, y, 8, "#a3173f")
    return c


SCENES = (chemin, route, horizon, soleil, phare, vague, archipel)
