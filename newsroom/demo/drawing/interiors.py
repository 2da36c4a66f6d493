"""Indoors: the furniture of a practice and of the homes it visits."""

# ruff: noqa: PLR2004 - a drawing is made of coordinates

import math

from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas, blend


def chair(c: Canvas, x: float, seat: str, leg: str = "#3a2230") -> None:
    """A waiting room chair whose seat begins at `x`."""
    for foot in (12, 118):
        c.shape([(x + foot, 430), (x + foot + 12, 430), (x + foot + 8, 560), (x + foot + 2, 560)], leg)
    c.block(x, 240, 142, 130, seat, radius=26).block(x, 396, 142, 40, blend(seat, "#000000", 0.14), radius=16)
    c.block(x + 64, 366, 14, 36, leg).block(x + 16, 254, 46, 60, "#ffffff", 0.08, radius=16)


def chaises(seed: int) -> Canvas:
    """Four waiting room chairs, one of another colour."""
    c = Canvas(seed, "#efe2ea", "#e2cbd9")
    c.block(0, 540, WIDTH, 140, "#c9a9bd").block(0, 536, WIDTH, 6, "#b48ca6")
    c.block(780, 70, 230, 120, "#fdfcf9", radius=4).block(795, 85, 200, 90, "#d9b7cb", radius=2)
    c.disc(860, 132, 28, "#f0a95f").shape([(795, 175), (870, 118), (930, 160), (960, 140), (995, 175)], "#7b2163")
    for place, x in enumerate((150, 400, 650, 900)):
        c.oval(x + 71, 566, 92, 10, "#6a3b58", 0.35)
        chair(c, x, "#e08a3c" if place == 2 else "#7b2163")
    return c


def tiroir(seed: int) -> Canvas:
    """A chest of drawers, and what stays in the third."""
    c = Canvas(seed, "#f3e3ec", "#e6cfdd")
    c.block(0, 590, WIDTH, 90, "#c9a9bd").oval(600, 600, 350, 16, "#6a3b58", 0.3)
    c.block(300, 130, 600, 470, "#5f1a4d", radius=10)
    for row, y in enumerate((156, 266, 376, 486)):
        if row != 2:
            c.block(326, y, 548, 92, "#7b2163", radius=6).block(326, y, 548, 6, "#ffffff", 0.08)
            c.block(560, y + 38, 80, 14, "#e8b463", radius=7)
    c.block(326, 376, 548, 92, "#2c0c24")
    for place, colour in enumerate(("#fdfcf9", "#cde3dd", "#f4d3a6", "#fdfcf9", "#d8c4e0")):
        c.block(372 + place * 96, 346 + (place % 2) * 10, 82, 110, colour, radius=5)
        c.block(384 + place * 96, 366 + (place % 2) * 10, 58, 7, "#7b2163", 0.7).block(
            384 + place * 96, 380 + (place % 2) * 10, 36, 5, "#7b2163", 0.4
        )
    c.block(306, 416, 588, 96, "#8f2f74", radius=6).block(555, 456, 90, 15, "#e8b463", radius=7)
    c.block(450, 80, 60, 50, "#f4f1ea", radius=8)
    for lean in (-34, -12, 14, 36):
        c.stroke([(480, 84), (480 + lean, 24)], 5, "#3f7a66").oval(480 + lean, 20, 11, 18, "#3f7a66")
    return c


def froid(seed: int) -> Canvas:
    """An open refrigerator, tidy, with its thermometer."""
    c = Canvas(seed, "#f5e7cf", "#ecd3a6")
    c.block(0, 600, WIDTH, 80, "#c99b4c").oval(560, 606, 330, 14, "#6b4606", 0.35)
    c.block(330, 60, 430, 545, "#fdfcf9", radius=20).block(352, 82, 386, 500, "#dcebf3", radius=10)
    for y in (230, 365, 500):
        c.block(352, y, 386, 7, "#9fb9cc")
    for shelf, y in enumerate((230, 365, 500)):
        for place in range(6):
            x, tall = 372 + place * 60, c.chance.uniform(64, 98)
            cap = ("#c8660c", "#0b5d4e", "#1d55a0")[(place + shelf) % 3]
            c.block(x, y - tall, 42, tall, "#ffffff", radius=6).block(x + 6, y - tall - 14, 30, 18, cap, radius=3)
            c.block(x, y - tall * 0.62, 42, tall * 0.34, cap, 0.16).block(x + 6, y - tall * 0.5, 24, 4, cap)
    c.shape([(760, 62), (1000, 22), (1000, 640), (760, 604)], "#f4f1ea").shape(
        [(774, 84), (984, 52), (984, 608), (774, 582)], "#e4ecef"
    )
    for y in (200, 380):
        c.shape([(774, y), (984, y - 14), (984, y + 52), (774, y + 52)], "#c9d8e2")
    c.block(150, 140, 120, 330, "#fdfcf9", radius=60).block(196, 190, 28, 190, "#e8e3d8", radius=14).disc(
        210, 402, 38, "#0b5d4e"
    )
    c.block(201, 300, 18, 90, "#0b5d4e", radius=9)
    for mark in range(6):
        c.block(232, 206 + mark * 30, 18 if mark % 2 else 26, 4, "#7b8286")
    return c


def porte(seed: int) -> Canvas:
    """A door ajar, and the light behind it."""
    c = Canvas(seed, "#7a2c14", "#5d1f0d")
    c.block(0, 585, WIDTH, 90, "#3f1407").block(430, 70, 330, 515, "#ffe3b0")
    c.shape([(430, 585), (760, 585), (1020, 675), (330, 675)], "#ffe3b0", 0.55)
    c.disc(600, 290, 92, "#f9c777").shape(
        [(430, 585), (430, 470), (540, 420), (650, 470), (760, 430), (760, 585)], "#e09a52"
    )
    c.shape([(430, 70), (640, 104), (640, 640), (430, 585)], "#b4532f").shape(
        [(462, 116), (610, 138), (610, 330), (462, 330)], "#9c4021"
    )
    c.shape([(462, 370), (610, 374), (610, 588), (462, 552)], "#9c4021").disc(618, 372, 11, "#ffe3b0")
    c.block(410, 50, 20, 535, "#2f0e05").block(760, 50, 20, 535, "#2f0e05").block(410, 50, 370, 22, "#2f0e05")
    c.block(900, 190, 150, 190, "#f2dcc6", radius=4).disc(975, 270, 44, "#96371a").block(930, 330, 90, 8, "#96371a")
    c.block(120, 330, 150, 255, "#0b5d4e", radius=6).block(120, 330, 150, 10, "#084539")
    for lean in (-70, -30, 14, 60):
        c.oval(195 + lean, 270 - abs(lean) / 3, 26, 76, "#3f7a66")
    return c


def escalier(seed: int) -> Canvas:
    """Three flights of stairs and an envelope on the first landing."""
    c = Canvas(seed, "#e6e8f6", "#c3c8ea")
    x, y = -20.0, 610.0
    for flight, colour in enumerate(("#2c357f", "#4b56a8", "#7f88cc")):
        for step in range(6):
            c.block(x, y, WIDTH, HEIGHT, blend(colour, "#ffffff", 0.04 * step)).block(x, y, 54, 5, "#ffffff", 0.4)
            x, y = x + 50, y - 30
        c.block(x, y, WIDTH, HEIGHT, colour).block(x, y, 124, 5, "#ffffff", 0.4)
        x += 120 - 10 * flight
    c.disc(250, 170, 74, "#f0a95f", 0.3).disc(250, 170, 52, "#f0a95f")
    c.block(286, 352, 112, 76, "#fdfcf9", radius=4).shape([(286, 354), (398, 354), (342, 398)], "#e3dccb").disc(
        342, 393, 12, "#a3173f"
    )
    return c


def facade(seed: int) -> Canvas:
    """A house front: everybody pays for the corridor."""
    c = Canvas(seed, "#c9d6e2", "#e9e5d9")
    c.block(110, 60, 980, 560, "#e9dfcd").block(90, 40, 1020, 30, "#2d4b66").block(0, 615, WIDTH, 60, "#9aa8b3")
    for row in range(3):
        for place in range(7):
            x, y = 160 + place * 132, 110 + row * 165
            lit = c.chance.random() < 0.35
            if row == 2 and place == 3:
                c.block(x - 6, y - 8, 92, 230, "#2d4b66", radius=40).block(
                    x + 6, y + 8, 68, 200, "#1b3145", radius=32
                ).disc(x + 62, y + 118, 5, "#e8b463")
                continue
            c.block(x, y, 80, 104, "#f9d48a" if lit else "#5d7f9c").block(x + 38, y, 4, 104, "#fdfcf9").block(
                x, y + 48, 80, 4, "#fdfcf9"
            )
            for shutter in (-24, 82):
                c.block(x + shutter, y, 22, 104, "#3d6485")
                for slat in range(8):
                    c.block(x + shutter + 3, y + 6 + slat * 12, 16, 3, "#2d4b66")
            c.block(x - 6, y + 104, 92, 8, "#cbbd9f")
            if c.chance.random() < 0.4:
                for flower in range(5):
                    c.disc(x + 8 + flower * 16, y + 100, 8, c.chance.choice(["#a3173f", "#c8660c", "#3f7a66"]))
    return c


def fenetres(seed: int) -> Canvas:
    """Screens like windows: some lit, one child at one of them."""
    c = Canvas(seed, "#3a1408", "#7a2c14")
    for row in range(4):
        for place in range(7):
            x, y = 60 + place * 158, 42 + row * 154
            hue = c.chance.choice(["#8fd0e0", "#f4b98f", "#ffe3b0", "#5d2412", "#5d2412", "#6c2b16"])
            c.block(x, y, 132, 122, "#2a0d04", radius=12).block(x + 9, y + 9, 114, 104, hue, radius=6)
            if hue.startswith(("#8", "#f")):
                c.shape([(x + 9, y + 113), (x + 60, y + 9), (x + 96, y + 9), (x + 45, y + 113)], "#ffffff", 0.14)
    c.block(534, 196, 132, 122, "#2a0d04", radius=12).block(543, 205, 114, 104, "#ffe3b0", radius=6)
    c.disc(600, 258, 26, "#3a1408").shape([(556, 309), (566, 290), (600, 282), (634, 290), (644, 309)], "#3a1408")
    return c


def horloge(seed: int) -> Canvas:
    """A quarter past seven, on a Friday."""
    c = Canvas(seed, "#0b5d4e", "#073b31")
    c.disc(600, 345, 268, "#062e27").disc(600, 338, 262, "#f4f1ea").ring(600, 338, 262, 14, "#e8b463")
    for mark in range(60):
        turn = mark * math.tau / 60
        inner = 206 if mark % 5 == 0 else 222
        c.stroke(
            [
                (600 + inner * math.sin(turn), 338 - inner * math.cos(turn)),
                (600 + 234 * math.sin(turn), 338 - 234 * math.cos(turn)),
            ],
            9 if mark % 5 == 0 else 3,
            "#15191c",
        )
    c.pen.pieslice(
        [(600 - 190) * 2, (338 - 190) * 2, (600 + 190) * 2, (338 + 190) * 2], 0, 128, fill=(200, 102, 12, 60)
    )
    for turn, reach, width in ((7.25 / 12, 128, 15), (15 / 60, 186, 10)):
        c.stroke(
            [(600, 338), (600 + reach * math.sin(turn * math.tau), 338 - reach * math.cos(turn * math.tau))],
            width,
            "#15191c",
        )
    c.stroke([(600, 338), (600 + 200 * math.sin(4.3), 338 - 200 * math.cos(4.3))], 4, "#a3173f").disc(
        600, 338, 17, "#a3173f"
    )
    for ring in range(5):
        c.ring(600, 338, 330 + ring * 62, 4, "#6fcfb6", 0.4 - ring * 0.07)
    return c


SCENES = (chaises, tiroir, froid, porte, escalier, facade, fenetres, horloge)
