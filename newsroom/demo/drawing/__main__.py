"""Draw every illustration again: `python -m newsroom.demo.drawing FOLDER`."""

import sys
from pathlib import Path

from newsroom.demo.drawing import interiors, landscapes, objects, signs, towns

SCENES = (*landscapes.SCENES, *towns.SCENES, *interiors.SCENES, *signs.SCENES, *objects.SCENES)


def draw_all(folder: Path) -> list[Path]:
    """Write one WebP a scene into `folder`, named after the scene; the scene's place is its seed."""
    written = []
    for seed, scene in enumerate(SCENES, start=1):
        path = folder / f"{scene.__name__}.webp"
        scene(seed).save(path)
        written.append(path)
    return written


if __name__ == "__main__":
    sys.stdout.write("\n".join(map(str, draw_all(Path(sys.argv[1])))) + "\n")
