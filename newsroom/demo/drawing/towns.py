"""Towns, at night."""

from newsroom.demo.drawing.canvas import HEIGHT, WIDTH, Canvas


def nuit(seed: int) -> Canvas:
    """Roofs asleep under the moon, one window lit."""
    c = Canvas(seed, "#171c4f", "#5a63b4")
    for _ in range(130):
        c.disc(
            c.chance.uniform(0, WIDTH),
            c.chance.uniform(0, 430),
            c.chance.uniform(0.8, 2.2),
            "#ffffff",
            c.chance.uniform(0.25, 0.9),
        )
    c.disc(900, 170, 122, "#fff4d8", 0.1).disc(900, 170, 88, "#fff4d8").disc(936, 150, 78, "#252b6a")
    for row, (base, colour) in enumerate(((430, "#333c8c"), (500, "#262e73"), (570, "#191f55"))):
        x = -60.0 - row * 40
        while x < WIDTH:
            w, rise = c.chance.uniform(110, 190), c.chance.uniform(0, 50)
            c.block(x, base - rise, w, 400, colour)
            c.shape(
                [(x - 8, base - rise + 1), (x + w / 2, base - rise - 58), (x + w + 8, base - rise + 1)],
                colour,
            )
            c.block(x + w * 0.68, base - rise - 62, 16, 50, colour)
            x += w + c.chance.uniform(-4, 14)
    c.block(548, 574, 42, 54, "#ffd67d", radius=3).block(567, 574, 4, 54, "#191f55").block(548, 598, 42, 4, "#191f55")
    return c


def ville(seed: int) -> Canvas:
    """A town at night, its lit windows like so many calls."""
    c = Canvas(seed, "#101c2b", "#a3173f")
    c.disc(250, 420, 260, "#f0a95f", 0.12)
    for row, (base, colour) in enumerate(((330, "#5b2a4c"), (400, "#33294a"), (480, "#1a2336"))):
        x = -30.0
        while x < WIDTH:
            w, top = c.chance.uniform(60, 120), base - c.chance.uniform(0, 150)
            c.block(x, top, w, HEIGHT, colour)
            for wx in range(int(x) + 12, int(x + w) - 16, 20):
                for wy in range(int(top) + 16, HEIGHT, 26):
                    if c.chance.random() < 0.2 + 0.14 * row:
                        c.block(
                            wx,
                            wy,
                            9,
                            13,
                            c.chance.choice(["#ffd67d", "#f9b95c", "#ffe9bd"]),
                            0.55 + 0.2 * row,
                        )
            x += w + c.chance.uniform(0, 10)
    c.stroke([(790, 62), (790, 250)], 5, "#1a2336").disc(790, 60, 8, "#ff5a5a").disc(790, 60, 24, "#ff5a5a", 0.3)
    for radius in (60, 96, 132):
        c.ring(790, 60, radius, 3, "#ffd6d6", 0.35)
    return c


SCENES = (nuit, ville)
