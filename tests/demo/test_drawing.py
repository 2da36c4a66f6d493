"""The illustrations can be drawn again, always the same."""

from PIL import Image

from newsroom.demo.content import FOLDER
from newsroom.demo.drawing.__main__ import SCENES
from newsroom.demo.drawing.canvas import blend
from newsroom.demo.drawing.objects import goutte


def test_a_scene_is_the_same_twice():
    first, second = goutte(3).image, goutte(3).image

    assert first.tobytes() == second.tobytes()


def test_every_scene_is_kept_at_the_size_of_the_design():
    for scene in SCENES:
        with Image.open(FOLDER / "img" / f"{scene.__name__}.webp") as picture:
            assert picture.size == (1200, 675)


def test_a_saved_scene_is_webp(tmp_path):
    goutte(1).save(tmp_path / "goutte.webp")

    with Image.open(tmp_path / "goutte.webp") as picture:
        assert picture.format == "WEBP"


def test_colours_blend_evenly():
    assert blend("#000000", "#ffffff", 0.5) == "#808080"
