"""Small things, large on the sheet: a drop, pebbles, steps, boxes, a mobile."""

# ruff: noqa: PLR0913, PLR0917, PLR2004 - a drawing is made of coordinates

import math

from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, blend


def goutte(seed: int) -> Canvas:
    """A drop above the rings it is about to make."""
    c = Canvas(seed, "#eef0d2", "#cfd394")
    for ring in range(9):
        c.oval(600, 540, 560 - ring * 60, 118 - ring * 12.6, blend("#b9be6f", "#545910", ring / 8), 0.5)
    turns = [step * math.tau / 160 for step in range(160)]
    for size, colour in ((1.0, "#a3173f"), (0.82, "#bd3558")):
        c.shape(
            [(600 + 106 * size * math.sin(t) * math.sin(t / 2) ** 1.1, 300 - 150 * size * math.cos(t)) for t in turns],
            colour,
        )
    c.oval(560, 350, 15, 38, "#ffffff", 0.4)
    return c


def papillon(seed: int) -> Canvas:
    """A butterfly shaped like the gland."""
    c = Canvas(seed, "#f4f3df", "#e2e4bd")
    for ring in range(7):
        c.ring(600, 340, 210 + ring * 70, 3, "#545910", 0.16)
    for side in (-1, 1):
        for reach, colour in ((1.0, "#545910"), (0.8, "#8a9130"), (0.56, "#c3c868")):
            c.oval(600 + side * 150, 262, 132 * reach, 150 * reach, colour)
            c.oval(600 + side * 116, 452, 96 * reach, 98 * reach, colour)
        c.disc(600 + side * 164, 232, 26, "#c8660c").disc(600 + side * 120, 456, 17, "#c8660c")
        c.stroke([(600, 180), (600 + side * 34, 112), (600 + side * 78, 88)], 6, "#2e310a").disc(
            600 + side * 78, 88, 9, "#2e310a"
        )
    c.oval(600, 340, 25, 178, "#2e310a").disc(600, 174, 30, "#2e310a")
    return c


def galets(seed: int) -> Canvas:
    """Pebbles in balance, none of them alike."""
    c = Canvas(seed, "#e7efe9", "#f6f0dc")
    c.disc(880, 230, 88, "#f6c26b", 0.8)
    for row in range(5):
        c.ridge(500 + row * 38, 5, blend("#b5cfd3", "#55818d", row / 4))
    c.oval(560, 596, 300, 22, "#2f4a52", 0.4)
    for x, y, rx, ry, colour in (
        (560, 548, 210, 58, "#545910"),
        (582, 446, 160, 50, "#7d8431"),
        (540, 362, 124, 40, "#a9ae5e"),
        (566, 296, 86, 30, "#c8660c"),
        (552, 246, 54, 23, "#e8b463"),
        (560, 208, 27, 16, "#f4f1ea"),
    ):
        c.oval(x, y, rx, ry, colour).oval(x - rx * 0.2, y - ry * 0.34, rx * 0.6, ry * 0.42, "#ffffff", 0.12)
    return c


def foot(c: Canvas, x: float, y: float, size: float, turn: float, colour: str) -> None:
    """A bare footprint; `turn` in radians, left where `size` is negative."""
    side, size = (1 if size > 0 else -1), abs(size)

    def put(dx: float, dy: float, radius: float) -> None:
        dx *= side
        c.disc(
            x + size * (dx * math.cos(turn) - dy * math.sin(turn)),
            y + size * (dx * math.sin(turn) + dy * math.cos(turn)),
            size * radius,
            colour,
        )

    for share in range(21):
        t = share / 20
        put(6 * math.sin(t * 3.1) - 4, 62 - t * 108, 25 - 9 * math.sin(t * math.pi) + 7 * t)
    for dx, dy, radius in ((-26, -86, 13), (-3, -95, 10), (15, -90, 9), (29, -80, 8), (40, -66, 7)):
        put(dx, dy, radius)


def empreinte(seed: int) -> Canvas:
    """One large footprint, with the points that should be felt."""
    c = Canvas(seed, "#f1efd6", "#d9dba4")
    for ring in range(8):
        c.ring(600, 350, 120 + ring * 74, 3, "#545910", 0.15)
    foot(c, 480, 370, -2.5, -0.12, "#7d8431")
    foot(c, 740, 370, 2.5, 0.12, "#545910")
    for x, y in ((728, 196), (772, 230), (700, 250), (716, 520)):
        c.disc(x, y, 24, "#ffffff", 0.25).disc(x, y, 13, "#e08a3c").disc(x, y, 5, "#fdfcf9")
    return c


def foulee(seed: int) -> Canvas:
    """Steps across a map of the neighbourhood."""
    c = Canvas(seed, "#e8efe4", "#dbe7dd")
    for _ in range(34):
        x, y = c.chance.uniform(-40, WIDTH), c.chance.uniform(-40, HEIGHT)
        c.block(
            x,
            y,
            c.chance.uniform(70, 170),
            c.chance.uniform(60, 130),
            c.chance.choice(["#f7f3e6", "#f1e6d2", "#c5dcc8", "#b4d2bd"]),
            radius=10,
        )
    path = [(x, 520 - x * 0.26 + 105 * math.sin(x / 165)) for x in range(-10, WIDTH + 20, 6)]
    c.stroke(path, 74, "#fdfcf9").stroke(path, 62, "#f3d9cf")
    for place, at in enumerate(range(8, 196, 15)):
        (x1, y1), (x2, y2) = path[at], path[at + 2]
        turn = math.atan2(y2 - y1, x2 - x1)
        side = 1 if place % 2 else -1
        foot(
            c,
            x1 - side * 15 * math.sin(turn),
            y1 + side * 15 * math.cos(turn),
            side * 0.3,
            turn + math.pi / 2,
            "#a3173f",
        )
    for x, y, size in ((210, 120, 46), (275, 165, 34), (980, 520, 52), (1060, 470, 38), (620, 590, 40)):
        c.disc(x, y, size, "#3f7a66").disc(x - size * 0.25, y - size * 0.25, size * 0.55, "#ffffff", 0.12)
    return c


def boites(seed: int) -> Canvas:
    """Rows of tablets; some blisters are left full."""
    c = Canvas(seed, "#f8edda", "#f0d8ae")
    for place, (x, y, colour) in enumerate(((70, 80, "#7d4c00"), (440, 50, "#0b5d4e"), (810, 90, "#96371a"))):
        c.block(x + 12, y + 14, 320, 510, "#5a3500", 0.18, 26).block(
            x, y, 320, 510, blend(colour, "#ffffff", 0.72), radius=24
        )
        for row in range(5):
            for column in range(3):
                cx, cy = x + 66 + column * 94, y + 70 + row * 93
                full = c.chance.random() < (0.85, 0.45, 0.65)[place]
                c.disc(cx, cy, 38, "#ffffff", 0.75)
                if full:
                    c.disc(cx, cy + 2, 29, blend(colour, "#000000", 0.1)).disc(cx, cy, 29, colour).block(
                        cx - 19, cy - 2, 38, 4, "#ffffff", 0.5
                    ).disc(cx - 9, cy - 11, 6, "#ffffff", 0.35)
                else:
                    c.ring(cx, cy, 29, 3, colour, 0.5).stroke(
                        [(cx - 13, cy - 8), (cx, cy + 6), (cx + 14, cy - 10)], 3, colour, 0.55
                    )
    return c


def mobile(seed: int) -> Canvas:
    """What a newborn sees above the cot."""
    c = Canvas(seed, "#fbe7dc", "#f6d3c0")
    c.disc(600, 760, 420, "#fdf4ee").disc(600, 790, 380, "#f2c3aa", 0.5)
    c.stroke([(600, -10), (600, 90)], 4, "#6b2812").stroke([(300, 150), (600, 90), (900, 150)], 7, "#6b2812")
    hung = (
        (300, 150, 150, "#96371a"),
        (450, 120, 290, "#e8b463"),
        (600, 90, 210, "#2d4b66"),
        (750, 120, 320, "#3f7a66"),
        (900, 150, 170, "#7b2163"),
    )
    for place, (x, y, drop, colour) in enumerate(hung):
        low = y + drop
        c.stroke([(x, y), (x, low)], 2.5, "#6b2812")
        if place == 0:
            c.disc(x, low + 46, 54, colour).disc(x + 24, low + 34, 46, "#f9ddce")
        elif place == 1:
            c.shape(
                [
                    (
                        x + (58 if k % 2 == 0 else 25) * math.sin(k * math.tau / 10),
                        low + 50 - (58 if k % 2 == 0 else 25) * math.cos(k * math.tau / 10),
                    )
                    for k in range(10)
                ],
                colour,
            )
        elif place == 2:
            for dx, radius in ((-46, 34), (0, 48), (46, 36)):
                c.disc(x + dx, low + 40, radius, colour)
            c.block(x - 80, low + 40, 162, 36, colour, radius=18)
        elif place == 3:
            c.oval(x, low + 44, 62, 36, colour).shape(
                [(x + 50, low + 44), (x + 98, low + 12), (x + 98, low + 76)], colour
            ).disc(x - 34, low + 36, 6, "#fdfcf9")
        else:
            c.disc(x, low + 48, 50, colour).oval(x, low + 48, 84, 18, "#e8b463").shape(
                [(x - 50, low + 48), (x + 50, low + 48), (x + 40, low + 18), (x - 40, low + 18)], colour
            )
    return c


def cercle(seed: int) -> Canvas:
    """Ten people around a table, seen from above."""
    c = Canvas(seed, "#e9ebf7", "#cdd2ee")
    c.disc(606, 350, 176, "#2b3380", 0.2).disc(600, 338, 172, "#a9743f").disc(600, 338, 160, "#c08a51")
    for place in range(10):
        turn = place * math.tau / 10 + 0.3
        x, y = 600 + 250 * math.cos(turn), 338 + 250 * math.sin(turn)
        across = (-math.sin(turn), math.cos(turn))
        colour = ("#3d489f", "#7b2163", "#0b5d4e", "#c8660c", "#2d4b66")[place % 5]
        c.disc(x + 5, y + 9, 56, "#2b3380", 0.15)
        for step in range(-8, 9):
            c.disc(x + across[0] * step * 5, y + across[1] * step * 5, 30, colour)
        c.disc(x, y, 27, ("#3a2418", "#c9a06a", "#15191c", "#8a8f94", "#5a3b22")[(place * 3) % 5])
        bx, by = 600 + 122 * math.cos(turn), 338 + 122 * math.sin(turn)
        c.disc(bx, by, 25, "#fdfcf9").disc(bx, by, 18, "#e08a3c")
    c.disc(600, 338, 56, "#2d4b66").disc(600, 338, 44, "#e8b463").stroke([(600, 338), (640, 300)], 9, "#4a3527")
    return c


SCENES = (goutte, papillon, galets, empreinte, foulee, boites, mobile, cercle)
