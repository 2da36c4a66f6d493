"""A revision comes back whole, though its pictures have left the library and nothing uses its tags any more."""

import pytest
from django.core.files.storage import default_storage

from articles.developing import develop
from articles.models import Article, Image
from articles.uploading import add_to_library
from articles.writing import write
from newsroom.taxonomy.models import Tag
from tests.browser.desk import open_form
from tests.factories.pictures import picture, scene

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

LEAD, INSIDE = "Une salle d’attente vide", "Un flacon de vaccin"


@pytest.fixture
def pictures(editor):
    """The picture that leads and the one in the text, with their files where the site serves them from."""
    lead = add_to_library(scene((1_200, 675)), by=editor, alt=LEAD, credit="AFP")
    inside = add_to_library(picture(size=(900, 600)), by=editor, alt=INSIDE, credit="L’Observance")
    develop(lead.pk)
    develop(inside.pk)
    yield Image.objects.get(pk=lead.pk), Image.objects.get(pk=inside.pk)
    for image in Image.objects.filter(pk__in=[lead.pk, inside.pk]):
        for name in (image.file.name, *(row.file.name for row in image.renditions.all())):
            default_storage.delete(name)


@pytest.fixture
def story(editor, pictures):
    lead, inside = pictures
    shown = f'<figure class="image"><img src="{inside.url}" alt="{INSIDE}"></figure>'
    content = {
        "title": "Vaccins au cabinet",
        "standfirst": "Deux phrases.",
        "body": f"<p>Avant l’image.</p>{shown}<p>Après l’image.</p>",
        "format": "news",
        "audience": "public",
        "image": lead.pk,
        "tags": ["Médecine de ville", "Vaccination"],
    }
    return write(Article(), content, by=editor)


@pytest.fixture
def anne(visitor, editor):
    """An editor at her browser."""
    person = visitor()
    person.sign_in(editor)
    return person


@pytest.fixture
def marc(visitor, chief):
    """The editor in chief at his browser."""
    person = visitor()
    person.sign_in(chief)
    return person


def strip_by_hand(person, article):
    """Take the lead picture, the picture in the text and the tags out of the form, and save."""
    open_form(person, article)
    person.page.locator(".field-image .select2-selection__clear").click()
    person.page.locator(".ck-editor__editable figure.image").click()
    person.page.keyboard.press("Delete")
    person.page.fill("#id_tags", "")
    person.page.keyboard.press("Control+s")
    person.page.get_by_text("a été modifié").wait_for()


def take_out_of_library(person, image):
    """Take a picture out of the library, by the link that its form shows where others delete."""
    person.goto(f"/admin/articles/image/{image.pk}/delete/")
    person.page.get_by_role("button", name="La retirer de la médiathèque").click()
    person.page.get_by_text("n’est plus dans la médiathèque").wait_for()


def library(person):
    person.goto("/admin/articles/image/")
    return person.page.inner_text("#changelist")


def test_a_revision_whose_pictures_were_taken_out_of_the_library_comes_back_whole(story, pictures, anne, marc):
    lead, inside = pictures
    strip_by_hand(anne, story)
    stripped = Article.objects.get()
    assert (stripped.image, "<img" in stripped.body, stripped.tags.count()) == (None, False, 0)
    Tag.objects.all().delete()
    for image in pictures:
        take_out_of_library(marc, image)
    assert LEAD not in library(marc)
    assert INSIDE not in library(marc)

    # The history, two revisions side by side: what went is marked, in words and to the eye.
    open_form(anne, story)
    anne.page.locator(".desk-beside__tools").get_by_role("link", name="Historique").click()
    anne.page.get_by_label("De la révision 1").check()
    anne.page.get_by_label("à la révision 2").check()
    anne.page.get_by_role("button", name="Comparer").click()
    anne.page.get_by_role("heading", name="Révision 1").wait_for()
    assert anne.violations() == []
    tags = anne.page.get_by_role("table", name="Mots-clés")
    assert "Vaccination" in " ".join(tags.locator("del").all_inner_texts())
    assert all(mark.is_visible() for mark in anne.page.locator(".diff del").all())
    assert LEAD in anne.page.inner_text("#content")
    assert INSIDE in anne.page.inner_text("#content")

    # The older one becomes the text again, with all that it showed.
    older = anne.page.locator(".desk-side").filter(has=anne.page.get_by_role("heading", name="Révision 1"))
    older.get_by_role("button", name="Rétablir cette révision").click()
    anne.page.get_by_text("La révision 1 est de nouveau le texte de l’article.").wait_for()
    anne.page.locator(".ck-editor__editable").wait_for()
    assert anne.page.input_value("#id_image") == str(lead.pk)
    assert anne.page.input_value("#id_tags") == "Médecine de ville, Vaccination"
    assert is_painted(anne.page.locator(f".ck-editor__editable img[src='{inside.url}']"))

    anne.goto(story.get_preview_url())
    shown = {image.get_attribute("alt") for image in anne.page.locator("article .main img").all() if is_painted(image)}
    assert {LEAD, INSIDE} <= shown
    assert "Vaccination" in anne.page.inner_text("article .main")
    assert LEAD in library(marc)
    assert INSIDE in library(marc)
    assert anne.complaints == marc.complaints == []


def is_painted(image):
    """Say whether the picture came: a broken address has no pixels."""
    image.scroll_into_view_if_needed()
    return image.evaluate("one => one.decode().then(() => one.naturalWidth > 0, () => false)")
