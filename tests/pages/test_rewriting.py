"""Changing what a page about the house says: the verb, the admin, the check."""

from dataclasses import replace
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from newsroom.core.rendering import RENDERER
from newsroom.events.models import Event
from newsroom.pages.checks import completed_pages
from newsroom.pages.models import Page
from newsroom.pages.rebuilding import rebuild_pages
from newsroom.pages.rewriting import StalePageError, Texts, rewrite, texts_of

NEW = Texts("Contact", "Écrire.", "Une personne lit.", "<p>Écrivez.</p><script>alert(1)</script>")


@pytest.fixture
def page(db):
    """The page of contact, as the house came with it."""
    return Page.objects.get(slug="contact")


def test_what_was_written_is_rendered_kept_and_told(page, chief):
    first = texts_of(page)

    saved = rewrite(page, NEW, chief, version=1)

    assert (saved.version, saved.changed_by, saved.body_html) == (2, chief, "<p>Écrivez.</p>")
    assert [texts_of(revision) for revision in saved.revisions.all()] == [NEW, first]
    assert [revision.saved_by for revision in saved.revisions.all()] == [chief, None]
    assert Event.objects.filter(kind__endswith="PageChanged", payload={"page_id": page.pk}).count() == 1


def test_what_is_what_it_was_is_not_saved_again(page, chief):
    assert rewrite(page, texts_of(page), chief, version=1).version == 1
    assert not page.revisions.exists()


def test_each_save_is_a_revision_and_the_first_text_is_kept_once(page, chief):
    rewrite(page, NEW, chief, version=1)
    rewrite(page, replace(NEW, title="Nous joindre"), chief, version=2)

    assert list(page.revisions.values_list("number", flat=True)) == [3, 2, 1]


def test_of_two_editors_the_later_one_is_told(page, chief, administrator):
    rewrite(page, NEW, administrator, version=1)

    with pytest.raises(StalePageError) as stale:
        rewrite(page, replace(NEW, title="Autre"), chief, version=1)

    assert stale.value.page.changed_by == administrator


def test_an_editor_does_not_rewrite(page, editor):
    with pytest.raises(PermissionDenied):
        rewrite(page, NEW, editor, version=1)


@pytest.mark.django_db
def test_pages_of_an_older_renderer_are_rendered_anew():
    Page.objects.filter(slug="charte").update(body_html="vieux", renderer=0)

    assert rebuild_pages() == 1
    assert rebuild_pages() == 0
    page = Page.objects.get(slug="charte")
    assert "vieux" not in page.body_html
    assert page.renderer == RENDERER
    assert rebuild_pages(everything=True) == Page.objects.count()


@pytest.mark.django_db
def test_the_command_that_renders_anew_counts_the_pages():
    out = StringIO()

    call_command("rebuild_rendered", "--all", stdout=out)

    assert "pages" in out.getvalue()


@pytest.mark.django_db
def test_the_check_names_what_is_to_be_completed_until_it_is(chief):
    warned = completed_pages(["default"])
    page = Page.objects.get(slug="contact")
    rewrite(page, replace(texts_of(page), body="<p>Tout est dit.</p>"), chief, version=1)

    assert any("/contact/" in warning.msg and "adresse postale" in warning.msg for warning in warned)
    assert not any("/contact/" in warning.msg for warning in completed_pages(["default"]))
    assert completed_pages() == []


def form_of(client, page):
    """Return what a browser would send of the page's form in the admin."""
    form = client.get(f"/admin/pages/page/{page.pk}/change/").context["adminform"].form
    management = {"revisions-TOTAL_FORMS": "0", "revisions-INITIAL_FORMS": "0"}
    return management | {name: form.initial.get(name, "") for name in ("title", "description", "lead", "body", "base")}


def test_the_admin_saves_through_the_verb(browser_of, chief, page):
    browser = browser_of(chief)

    answer = browser.post(f"/admin/pages/page/{page.pk}/change/", form_of(browser, page) | {"body": "<p>Écrivez.</p>"})

    page.refresh_from_db()
    assert answer.status_code == 302
    assert (page.body_html, page.version, page.changed_by) == ("<p>Écrivez.</p>", 2, chief)


def test_the_admin_tells_the_later_of_two_and_keeps_what_he_typed(browser_of, chief, administrator, page):
    browser, address = browser_of(chief), f"/admin/pages/page/{page.pk}/change/"
    typed = form_of(browser, page) | {"body": "<p>Ma version.</p>"}
    rewrite(page, NEW, administrator, version=1)

    answer = browser.post(address, typed)

    html = answer.content.decode()
    page.refresh_from_db()
    assert answer.status_code == 200
    assert "Petit a enregistré cette page entre-temps" in html
    assert "Ma version" in html
    assert page.version == 2

    again = typed | {"base": answer.context["adminform"].form["base"].value()}
    assert browser.post(address, again).status_code == 302
    page.refresh_from_db()
    assert page.body == "<p>Ma version.</p>"


@pytest.mark.parametrize("body", ["", "<p> </p>", "<div>" * 500 + "x"])
def test_the_admin_refuses_an_empty_or_tangled_text_in_words(browser_of, chief, page, body):
    browser = browser_of(chief)

    answer = browser.post(f"/admin/pages/page/{page.pk}/change/", form_of(browser, page) | {"body": body})

    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors["body"]


def test_an_earlier_text_is_taken_back_into_the_form(browser_of, chief, page):
    rewrite(page, NEW, chief, version=1)
    browser = browser_of(chief)

    html = browser.get(f"/admin/pages/page/{page.pk}/change/?revision=1").content.decode()

    assert "Une personne lit chaque message." in html
    assert "révision 1" in html
    assert browser.get(f"/admin/pages/page/{page.pk}/change/?revision=99").status_code == 200
    assert browser.get(f"/admin/pages/page/{page.pk}/change/?revision=x").status_code == 200


def test_the_list_says_what_is_to_be_completed(browser_of, chief, editor):
    html = browser_of(chief).get("/admin/pages/page/").content.decode()

    assert "4 passages" in html
    assert "/mentions-legales/" in html
    assert browser_of(editor).get("/admin/pages/page/").status_code == 200


def test_editors_see_the_marks_and_readers_do_not(client, browser_of, chief):
    page = Page.objects.get(slug="mentions-legales")

    desk = browser_of(chief).get(f"/admin/pages/page/{page.pk}/change/").content.decode()

    assert "nom du directeur de la publication" in desk
    assert "compléter" not in client.get("/mentions-legales/").content.decode()


def test_pages_are_neither_added_nor_deleted(browser_of, administrator, page):
    browser = browser_of(administrator)

    assert browser.get("/admin/pages/page/add/").status_code == 403
    assert browser.get(f"/admin/pages/page/{page.pk}/delete/").status_code == 403
