from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Pillow

from articles import pictures
from articles.models import Image
from articles.pictures import read_picture
from articles.uploading import add_to_library
from newsroom.core.refusals import Refusal
from tests.factories.pictures import GPS, animation, bomb, photograph_with_a_place, picture, polyglot, swapped_colours

EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n%%EndComments\n(/etc/passwd) (r) file\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
XML = b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- dessin -->\n<!DOCTYPE svg>\n' + SVG
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"


def file(name, content):
    return lambda: SimpleUploadedFile(name, content)


REFUSED = {
    "an animation": (animation, "animées"),
    "a decompression bomb": (lambda: bomb(60_000, 60_000), "trop grande"),
    "a header of a hundred megapixels": (lambda: bomb(10_000, 10_000), "trop grande"),
    "one more pixel than allowed": (lambda: bomb(8_000, 5_001), "trop grande"),
    "a strip": (lambda: bomb(1, 400_000), "trop grande"),
    "a strip lying": (lambda: bomb(400_000, 1), "trop grande"),
    "a header without pixels": (lambda: bomb(100, 100), "abîmée"),
    "a photograph cut off": (file("a.jpg", picture().read()[:300]), "abîmée"),
    "encapsulated PostScript": (file("dessin.jpg", EPS), "PostScript"),
    "a document": (file("photo.jpg", b"%PDF-1.7 ..."), "PDF"),
    "a vector drawing": (file("dessin.svg", SVG), "SVG ne sont pas acceptés"),
    "a vector drawing called a photograph": (file("photo.jpg", XML), "SVG ne sont pas acceptés"),
    "a page": (file("photo.png", b"<html>"), "page web"),
    "a page called a photograph": (file("photo.jpg", b"\n <!DOCTYPE html><script>alert(1)</script>"), "page web"),
    "a telephone's own format": (file("IMG_0001.jpg", HEIC), "HEIC"),
    "nothing": (file("photo.png", b""), "pas une image"),
    "noise": (file("photo.png", bytes(range(256)) * 8), "pas une image"),
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
    assert (image.alt, image.credit, image.is_decorative, image.needs_words) == ("Vert", "AFP", False, False)


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


def test_ink_with_a_profile_is_carried_to_the_webs_colours(editor):
    # A profile for the press is not at hand; one that does not fit the pixels is as good as none.
    sent = picture(mode="CMYK", colour=(0, 0, 0, 0), icc_profile=swapped_colours())

    assert pixels(add_to_library(sent, by=editor)).getpixel((0, 0)) == (255, 255, 255)


@pytest.mark.parametrize(("mode", "colour"), [("RGB", (255, 0, 0)), ("RGBA", (255, 0, 0, 128))])
def test_a_profile_is_worked_into_the_colours_before_it_goes(editor, mode, colour):
    sent = picture("PNG", mode=mode, colour=colour, icc_profile=swapped_colours())

    kept_pixels = pixels(add_to_library(sent, by=editor))

    assert kept_pixels.getpixel((0, 0)) == (0, 255, 0, *colour[3:])
    assert "icc_profile" not in kept_pixels.info


def test_a_broken_profile_is_no_reason_to_refuse_a_picture(editor):
    image = add_to_library(picture("PNG", colour=(255, 0, 0), icc_profile=b"no profile"), by=editor)

    assert pixels(image).getpixel((0, 0)) == (255, 0, 0)


def test_sixteen_bits_of_grey_keep_their_light(editor):
    content = BytesIO()
    Pillow.new("I;16", (40, 30), 0x8000).save(content, "PNG")

    image = add_to_library(SimpleUploadedFile("radio.png", content.getvalue()), by=editor)

    assert pixels(image).getpixel((0, 0)) == (128, 128, 128)


def test_what_a_file_is_called_does_not_matter(editor):
    image = add_to_library(picture("JPEG", name="photo.png"), by=editor)

    assert image.file.name.endswith(".webp")


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
    assert image.needs_words
    assert list(Image.objects.to_describe()) == list(Image.objects.without_credit()) == [image]


def test_a_picture_that_was_taken_out_comes_back_with_its_words(browser_of, editor):
    image = add_to_library(picture(), by=editor, alt="Vert", credit="AFP")
    Image.objects.update(removed_at=timezone.now())

    send(browser_of(editor), picture())

    image.refresh_from_db()
    assert (image.is_removed, image.alt) == (False, "Vert")


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
