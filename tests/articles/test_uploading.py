from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow

from articles import pictures
from articles.models import Image
from articles.pictures import read_picture
from articles.uploading import add_to_library
from newsroom.core.refusals import Refusal
from tests.factories.pictures import GPS, animation, bomb, photograph_with_a_place, picture, polyglot

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\n(/etc/passwd) (r) file\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
REFUSED = {
    "an animation": (animation, "animées"),
    "a decompression bomb": (lambda: bomb(60_000, 60_000), "trop grande"),
    "one more pixel than allowed": (lambda: bomb(8_000, 5_001), "trop grande"),
    "a strip": (lambda: bomb(1, 400_000), "trop grande"),
    "a header without pixels": (lambda: bomb(100, 100), "pas une image"),
    "encapsulated PostScript": (lambda: SimpleUploadedFile("dessin.jpg", EPS), "pas une image"),
    "a vector drawing": (lambda: SimpleUploadedFile("dessin.svg", SVG), "pas une image"),
    "a page": (lambda: SimpleUploadedFile("photo.png", b"<html>"), "pas une image"),
    "nothing": (lambda: SimpleUploadedFile("photo.png", b""), "pas une image"),
    "a broken picture": (lambda: SimpleUploadedFile("a.jpg", picture().read()[:300]), "pas une image"),
    "a bitmap": (lambda: picture("BMP"), "pas une image"),
}


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def send(browser, file):
    return browser.post(reverse("articles-upload"), {"upload": file})


def kept(image):
    with image.file.open() as file:
        return file.read()


def pixels(image):
    return Pillow.open(BytesIO(kept(image)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_written_anew_as_webp_under_a_name_of_ours(editor, kind):
    image = add_to_library(picture(kind, name="../../evil.php"), by=editor, alt="Vert", credit="AFP")

    assert pixels(image).format == "WEBP"
    assert (image.width, image.height) == (320, 180)
    assert image.file.name.endswith(f"/{image.digest[:32]}.webp")
    assert (image.alt, image.credit, image.is_decorative) == ("Vert", "AFP", False)


def test_nothing_tells_where_and_by_whom_it_was_taken(editor):
    sent = photograph_with_a_place()
    assert Pillow.open(sent).getexif().get_ifd(GPS)
    sent.seek(0)

    image = add_to_library(sent, by=editor)

    assert not pixels(image).getexif()
    assert b"Dupont" not in kept(image)
    assert b"Durand" not in kept(image)


def test_a_picture_taken_sideways_stands_upright(editor):
    image = add_to_library(photograph_with_a_place(), by=editor)

    assert (image.width, image.height) == (180, 320)


def test_what_hides_behind_a_picture_is_left_behind(editor):
    image = add_to_library(polyglot(), by=editor)

    assert b"script" not in kept(image)
    assert image.file.name.endswith(".webp")


def test_the_same_picture_twice_is_one_row_and_one_file(editor, tmp_path):
    first = add_to_library(picture(), by=editor)

    second = add_to_library(picture(name="autre.jpg"), by=editor)

    assert first == second
    assert len(list(tmp_path.rglob("*.webp"))) == 1


def test_transparency_is_kept(editor):
    image = add_to_library(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)), by=editor)

    assert pixels(image).mode == "RGBA"


def test_a_palette_with_a_transparent_colour_keeps_it(editor):
    sent = picture("GIF", mode="P", colour=0, transparency=0)

    assert pixels(add_to_library(sent, by=editor)).mode == "RGBA"


def test_ink_for_the_press_becomes_light_for_the_screen(editor):
    image = add_to_library(picture(mode="CMYK", colour=(0, 0, 0, 0)), by=editor)

    assert pixels(image).mode == "RGB"


def test_a_large_picture_is_kept_no_larger_than_pages_need(editor):
    image = add_to_library(picture(size=(4_000, 1_000)), by=editor)

    assert (image.width, image.height) == (2_000, 500)


def test_the_second_view_of_a_telephone_is_no_animation(editor):
    content = BytesIO()
    views = [Pillow.new("RGB", (60, 40), colour) for colour in ("red", "blue")]
    views[0].save(content, "MPO", save_all=True, append_images=views[1:])

    image = add_to_library(SimpleUploadedFile("photo.jpg", content.getvalue()), by=editor)

    assert (image.width, image.height) == (60, 40)


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_still_picture_is_refused_with_a_sentence(case):
    make, words = REFUSED[case]

    with pytest.raises(Refusal, match=words):
        read_picture(make())


def test_a_file_beyond_ten_megabytes_is_refused_unread(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST_FILE", 100)

    with pytest.raises(Refusal, match="trop lourde"):
        read_picture(picture())


def test_a_moderator_adds_no_pictures(moderator):
    with pytest.raises(PermissionDenied):
        add_to_library(picture(), by=moderator)


def test_the_editor_is_told_the_address_of_what_was_dropped(browser_of, editor):
    answer = send(browser_of(editor), picture())

    image = Image.objects.get()
    assert answer.json() == {"url": image.url}
    assert image.is_decorative


@pytest.mark.parametrize("case", REFUSED)
def test_the_editor_is_told_why_not_and_never_500(browser_of, editor, case):
    make, _words = REFUSED[case]

    answer = send(browser_of(editor), make())

    assert answer.status_code == 400
    assert answer.json()["error"]["message"]
    assert not Image.objects.exists()


def test_a_form_without_file_is_answered(browser_of, editor):
    answer = browser_of(editor).post(reverse("articles-upload"))

    assert answer.status_code == 400
    assert "Aucun fichier" in answer.json()["error"]["message"]


def test_only_the_newsroom_sends_pictures(client, browser_of, camille, moderator):
    assert send(client, picture()).status_code == 302
    assert send(browser_of(camille), picture()).status_code == 403
    assert send(browser_of(moderator), picture()).status_code == 403
    assert browser_of(camille).get(reverse("articles-upload")).status_code == 403
    assert not Image.objects.exists()
