"""The library in a real browser: no fault on any of its pages, and the click that sets the focal point."""

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.developing import develop
from articles.models import Image
from articles.uploading import add_to_library
from tests.browser.conftest import NARROW, WIDE
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory
from tests.factories.pictures import picture, scene
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def library(editor):
    """A few pictures in every state, with their files where the site serves them from."""
    over = add_to_library(scene((1_200, 675)), by=editor, alt="Une salle d’attente vide, au matin", credit="AFP")
    other = add_to_library(picture(size=(900, 1_200)), by=editor, alt="Un flacon de vaccin", credit="L’Observance")
    develop(over.pk)
    develop(other.pk)
    Image.objects.filter(pk=over.pk).update(rights_until=timezone.localdate().replace(year=2026, month=1, day=5))
    gone = ImageFactory(alt="Retirée", removed_at=timezone.now())
    unsure = ImageFactory(alt="", needs_words=True, credit="", shows_patient=True, consent="missing")
    ArticleFactory(title="Une nuit de garde", image=over)
    DraftFactory(title="Un brouillon", body=f'<p>Voici.</p><img src="{other.url}" alt="Un flacon">')
    yield {"over": over, "other": other, "gone": gone, "unsure": unsure}
    for image in (over, other):
        for name in (image.file.name, *(row.file.name for row in image.renditions.all())):
            default_storage.delete(name)


def pages_of(library):
    over, other = library["over"].pk, library["other"].pk
    return [
        "/admin/articles/image/",
        "/admin/articles/image/?rayon=sans-credit",
        "/admin/articles/image/?rayon=a-decrire&q=absent",
        "/admin/articles/image/add/",
        f"/admin/articles/image/{over}/change/",
        f"/admin/redaction/images/{over}/retirer/",
        f"/admin/redaction/images/{other}/retirer/",
        f"/admin/redaction/images/{over}/remplacer/",
    ]


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_pages_of_the_library(library, visitor, chief, viewport, color_scheme):
    person = visitor(viewport=viewport, color_scheme=color_scheme)
    person.sign_in(chief)

    faults = [f"{path}: {fault}" for path in pages_of(library) for fault in faults_of(person, path)]

    assert faults == []


def faults_of(person, path):
    person.complaints.clear()
    person.goto(path)
    # The factory's pictures have no file behind them.
    complaints = [complaint for complaint in person.complaints if "404" not in complaint]
    too_wide = person.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*complaints, *person.violations(), *(["scrolls sideways"] if too_wide else [])]


def test_a_click_on_the_picture_says_what_stays_in_sight(library, visitor, editor):
    image = library["other"]
    person = visitor()
    person.sign_in(editor)
    person.goto(f"/admin/articles/image/{image.pk}/change/")
    shown = person.page.locator("[data-focal-picture] img").first
    box = shown.bounding_box()

    shown.click(position={"x": box["width"] * 0.9, "y": box["height"] * 0.2})

    assert abs(int(person.page.input_value("#id_focal_x")) - 90) <= 1
    assert abs(int(person.page.input_value("#id_focal_y")) - 20) <= 1
    assert person.page.locator(".focal__cuts img").first.evaluate("one => one.style.objectPosition") == "100% 0%"
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.click("input[name=_save]")
    image.refresh_from_db()
    assert image.focal_class == "fp-r fp-t"


def test_renditions_follow_an_upload_by_themselves(visitor, editor, site, tmp_path):
    file = tmp_path / "photo.png"
    file.write_bytes(scene().read())
    person = visitor()
    person.sign_in(editor)
    person.goto("/admin/articles/image/add/")
    person.page.set_input_files("input[name=file]", file)
    person.page.fill("input[name=alt]", "Des bandes grises")
    person.page.fill("input[name=credit]", "AFP")
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.click("input[name=_continue]")

    image = wait_until(lambda: Image.objects.exclude(sources=[]).first())

    assert image.renditions_done == image.renditions_total == 6
    person.page.reload()
    assert "6 sur 6" in person.page.inner_text("#content")
    for name in (image.file.name, *(row.file.name for row in image.renditions.all())):
        default_storage.delete(name)


def test_a_picture_is_replaced_by_keyboard(library, visitor, chief):
    person = visitor()
    person.sign_in(chief)
    person.goto(f"/admin/redaction/images/{library['over'].pk}/remplacer/")

    person.page.locator("input[name=other]").first.focus()
    person.page.keyboard.press("Space")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.name") == "_replace"
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.keyboard.press("Enter")

    assert "Remplacée dans 1 article." in person.page.inner_text("#container")
    person.goto("/articles/")
    chosen = person.page.locator(".card img").first
    assert chosen.evaluate("one => one.currentSrc").endswith(".avif")
