"""Emblems: hearts, traces, networks, and the small objects of the trade."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 - a drawing is made of coordinates

import math

from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, blend


def beat(x: float) -> float:
    """The height of one heartbeat at `x` from 0 to 1, in units of the R wave."""
    bumps = (
        (0.2, 0.035, 0.14),
        (0.365, 0.012, -0.14),
        (0.4, 0.014, 1.0),
        (0.435, 0.013, -0.28),
        (0.64, 0.055, 0.24),
    )
    return sum(size * math.exp(-(((x - at) / width) ** 2)) for at, width, size in bumps)


def trace(c: Canvas, y: float, size: float, length: float, width: float, colour: str) -> None:
    """A heart trace across the sheet, `length` units a beat."""
    c.stroke([(x, y - size * beat((x % length) / length)) for x in range(-4, WIDTH + 6, 2)], width, colour)


def rythme(seed: int) -> Canvas:
    """Three traces on ruled paper."""
    c = Canvas(seed, "#fdf1f2", "#f9dfe3")
    for step in range(0, WIDTH, 24):
        c.stroke(
            [(step, 0), (step, HEIGHT)],
            2 if step % 120 == 0 else 1,
            "#a3173f",
            0.22 if step % 120 == 0 else 0.1,
        )
    for step in range(0, HEIGHT, 24):
        c.stroke(
            [(0, step), (WIDTH, step)],
            2 if step % 120 == 0 else 1,
            "#a3173f",
            0.22 if step % 120 == 0 else 0.1,
        )
    trace(c, 150, 84, 300, 5, "#e08a9c")
    trace(c, 420, 200, 300, 9, "#a3173f")
    trace(c, 620, 84, 300, 5, "#e08a9c")
    c.disc(1020, 420 - 200 * beat(0.4), 19, "#fdfcf9").disc(1020, 420 - 200 * beat(0.4), 12, "#a3173f")
    return c


def heart(x: float, y: float, size: float) -> list[tuple[float, float]]:
    """The outline of a heart around (x, y)."""
    turns = [step * math.tau / 160 for step in range(160)]
    return [
        (
            x + size * 16 * math.sin(t) ** 3 / 16,
            y - size * (13 * math.cos(t) - 5 * math.cos(2 * t) - 2 * math.cos(3 * t) - math.cos(4 * t)) / 16,
        )
        for t in turns
    ]


def coeur(seed: int) -> Canvas:
    """A heart in layers, a trace running through it."""
    c = Canvas(seed, "#5d0b23", "#a3173f")
    for size, alpha in ((420, 0.07), (350, 0.09), (285, 0.13)):
        c.shape(heart(600, 330, size), "#ffd6d6", alpha)
    c.shape(heart(600, 330, 220), "#f59aae").shape(heart(600, 326, 196), "#f7b4c2")
    trace(c, 350, 190, 600, 9, "#fdfcf9")
    return c


def frequence(seed: int) -> Canvas:
    """Bands of waves that beat together, then do not."""
    c = Canvas(seed, "#2b0815", "#7d1230")
    for row in range(15):
        points = []
        for x in range(-4, WIDTH + 6, 4):
            envelope = math.exp(-(((x - 640) / 260) ** 2))
            points.append(
                (
                    x,
                    70 + row * 38 - 96 * envelope * math.sin(x / 17 + row * 0.55) * math.sin(row / 14 * math.pi),
                )
            )
        c.stroke(points, 3.5, blend("#f7d9b0", "#f0597a", abs(row - 7) / 7), 0.9)
    return c


def nodes(c: Canvas, count: int, gap: float) -> list[tuple[float, float]]:
    """Points strewn over the sheet, never nearer than `gap`."""
    found: list[tuple[float, float]] = []
    while len(found) < count:
        spot = (c.chance.uniform(60, WIDTH - 60), c.chance.uniform(60, HEIGHT - 60))
        if all(math.dist(spot, other) > gap for other in found):
            found.append(spot)
    return found


def reseau(seed: int) -> Canvas:
    """A person in the middle of those who watch over her."""
    c = Canvas(seed, "#fbe9ec", "#f3ccd4")
    centre, around = (600.0, 345.0), [s for s in nodes(c, 17, 138) if math.dist(s, (600, 345)) > 150]
    for x, y in around:
        c.stroke([centre, (x, y)], 3, "#a3173f", 0.45)
        near = min((s for s in around if s != (x, y)), key=lambda s: math.dist(s, (x, y)))
        c.stroke([(x, y), near], 2, "#a3173f", 0.3)
    for place, (x, y) in enumerate(around):
        size = c.chance.uniform(24, 44)
        c.disc(x, y, size + 10, "#ffffff", 0.55).disc(
            x, y, size, ("#a3173f", "#2d4b66", "#c8660c", "#0b5d4e")[place % 4]
        )
        c.disc(x, y - size * 0.2, size * 0.3, "#fdfcf9").shape(
            [(x - size * 0.5, y + size * 0.6), (x, y + size * 0.1), (x + size * 0.5, y + size * 0.6)],
            "#fdfcf9",
        )
    c.disc(600, 345, 112, "#ffffff", 0.6).disc(600, 345, 92, "#7d1230").shape(heart(600, 342, 46), "#fdfcf9")
    return c


def constellation(seed: int) -> Canvas:
    """Stars of a trial, joined into a figure."""
    c = Canvas(seed, "#1a0a24", "#5d1a4d")
    for _ in range(260):
        c.disc(
            c.chance.uniform(0, WIDTH),
            c.chance.uniform(0, HEIGHT),
            c.chance.uniform(0.7, 2),
            "#ffffff",
            c.chance.uniform(0.2, 0.8),
        )
    stars = sorted(nodes(c, 22, 112))
    for x, y in stars:
        for near in sorted(stars, key=lambda s: math.dist(s, (x, y)))[1:3]:
            c.stroke([(x, y), near], 2, "#e39ad2", 0.55)
    for place, (x, y) in enumerate(stars):
        glow = "#ffd67d" if place % 5 == 2 else "#f3c3dd"
        c.disc(x, y, 25, glow, 0.14).disc(x, y, 15, glow, 0.3).disc(x, y, 8 if place % 5 else 10, glow)
    return c


def circuit(seed: int) -> Canvas:
    """A prescription on its way from one chip to another."""
    c = Canvas(seed, "#1c3247", "#2d4b66")
    for row in range(12):
        y, x = 40.0 + row * 54, -20.0
        points = [(x, y)]
        while x < WIDTH:
            x += c.chance.uniform(80, 220)
            points.append((x, y))
            step = c.chance.choice([-27, 0, 27])
            x, y = x + abs(step), y + step
            points.append((x, y))
        c.stroke(points, 4, "#9fc0dc", 0.4)
        for px, py in points[2::5]:
            c.disc(px, py, 8, "#9fc0dc").disc(px, py, 4, "#1c3247")
    c.block(452, 92, 316, 496, "#0e1c2a", 0.5, 14).block(440, 80, 316, 496, "#fdfcf9", radius=10)
    c.block(472, 116, 130, 14, "#2d4b66", radius=7).block(472, 144, 84, 9, "#9fb0be", radius=4)
    for row in range(5):
        c.block(472, 204 + row * 46, (230, 196, 244, 160, 214)[row], 11, "#c2cbd2", radius=5).block(
            472, 222 + row * 46, (130, 90, 150, 110, 70)[row], 8, "#dfe4e7", radius=4
        )
    for x in range(8):
        for y in range(8):
            if c.chance.random() < 0.55 or (x in (0, 7) and y in (0, 7)):
                c.block(612 + x * 13, 446 + y * 13, 12, 12, "#0b5d4e")
    c.shape([(478, 508), (500, 532), (548, 470), (538, 462), (499, 512), (487, 499)], "#0b5d4e")
    return c


def ions(seed: int) -> Canvas:
    """A lattice of large and small spheres."""
    c = Canvas(seed, "#f2f2dc", "#dfe0b4")
    spots = [(110 + i * 124 + (j % 2) * 62, 90 + j * 124) for j in range(5) for i in range(9)]
    for x, y in spots:
        for dx, dy in ((124, 0), (62, 124), (-62, 124)):
            c.stroke([(x, y), (x + dx, y + dy)], 5, "#545910", 0.25)
    for place, (x, y) in enumerate(spots):
        size, colour = ((44, "#545910"), (27, "#c8660c"))[(place + place // 9) % 2]
        c.disc(x + 5, y + 8, size, "#3a3d0b", 0.18).disc(x, y, size, colour).disc(
            x - size * 0.25, y - size * 0.28, size * 0.6, "#ffffff", 0.12
        )
        c.disc(x - size * 0.32, y - size * 0.36, size * 0.2, "#ffffff", 0.55)
    return c


def courbes(seed: int) -> Canvas:
    """Growth curves, and one child's dots among them."""
    c = Canvas(seed, "#fdf4ee", "#f7e0d2")
    for step in range(80, WIDTH, 80):
        c.stroke([(step, 40), (step, 620)], 1.5, "#96371a", 0.13)
    for step in range(60, 640, 56):
        c.stroke([(80, step), (1140, step)], 1.5, "#96371a", 0.13)

    def at(x: float, rank: float) -> float:
        grown = (x - 80) / 1060
        return 600 - 400 * (1 - math.exp(-2.2 * grown)) - rank * (26 + 34 * grown)

    for low, high, share in ((-2.2, 2.2, 0.16), (-1.4, 1.4, 0.2), (-0.7, 0.7, 0.26)):
        xs = list(range(80, 1141, 10))
        c.shape([*((x, at(x, high)) for x in xs), *((x, at(x, low)) for x in reversed(xs))], "#d9764f", share)
    for rank in (-2.2, -1.4, -0.7, 0, 0.7, 1.4, 2.2):
        c.stroke(
            [(x, at(x, rank)) for x in range(80, 1141, 8)],
            5 if rank == 0 else 2.5,
            "#96371a",
            1 if rank == 0 else 0.6,
        )
    for place, x in enumerate(range(130, 1080, 118)):
        y = at(x, (0.3, 0.42, 0.35, 0.2, -0.1, -0.5, -0.72, -0.6, -0.3)[place])
        c.disc(x, y, 15, "#fdfcf9").disc(x, y, 10, "#0b5d4e")
    return c


def echo(seed: int) -> Canvas:
    """The fan of an ultrasound image."""
    c = Canvas(seed, "#061f1a", "#0a342b")

    def fan(radius: float, colour: str, alpha: float) -> None:
        turns = [math.radians(48 + step) for step in range(85)]
        c.shape(
            [(600, 30), *((600 + radius * math.cos(t), 30 + radius * math.sin(t)) for t in turns)],
            colour,
            alpha,
        )

    fan(610, "#12594a", 1)
    for _ in range(5200):
        turn, reach = math.radians(c.chance.uniform(49, 131)), 600 * math.sqrt(c.chance.uniform(0.02, 1))
        grain = 0.5 + 0.5 * math.sin(reach / 31 + 3 * math.sin(turn * 5))
        c.oval(
            600 + reach * math.cos(turn),
            30 + reach * math.sin(turn),
            c.chance.uniform(2, 6),
            2,
            "#bff0e2",
            0.05 + 0.3 * grain * c.chance.random(),
        )
    c.blob(560, 380, 98, "#04130f", 0.92, 0.2).blob(700, 300, 46, "#04130f", 0.85, 0.2)
    c.blob(545, 400, 40, "#8fe0cb", 0.5, 0.3)
    fan(64, "#0a342b", 1)
    for mark in range(10):
        c.block(1080, 70 + mark * 54, 26 if mark % 5 == 0 else 14, 4, "#6fcfb6")
    c.block(90, 70, 120, 10, "#6fcfb6", 0.8, 5).block(90, 94, 76, 8, "#6fcfb6", 0.45, 4)
    return c


SCENES = (rythme, coeur, frequence, reseau, constellation, circuit, ions, courbes, echo)
