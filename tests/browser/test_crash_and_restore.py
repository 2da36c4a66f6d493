"""Crash and restore: whatever breaks while an editor types (browser, network, session, server), the words come back."""

import contextlib

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error as PlaywrightError

from articles.models import Article, ArticleRevision
from articles.writing import write
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import open_form, retitle, scrolls_sideways, write_in_body
from tests.journeys.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BODY = "<p>Le premier paragraphe.</p><p>Le deuxième paragraphe.</p>"
KEPT = "Enregistré automatiquement à"
HERE = "gardé sur cet appareil"


@pytest.fixture
def story(editor):
    content = {"title": "Vaccins", "standfirst": "Deux phrases.", "body": BODY, "format": "news", "audience": "public"}
    return write(Article(), content, by=editor)


@pytest.fixture
def anne(visitor, editor):
    """An editor at her browser."""
    person = visitor(bypass_csp=True)
    person.sign_in(editor)
    return person


def kept(editor):
    """Return what the server keeps for the editor and he has not saved."""
    row = ArticleRevision.objects.unsaved_by(editor).first()
    return row.content if row else {}


def status(person):
    return person.page.locator("[data-status]")


def copies(person):
    """Return what this device keeps."""
    return person.page.evaluate(
        """() => new Promise((resolve) => {
          const opening = indexedDB.open("redaction", 1);
          opening.onsuccess = () => {
            const asking = opening.result.transaction("copies").objectStore("copies").getAll();
            asking.onsuccess = () => resolve(asking.result);
          };
        })"""
    )


def test_a_crash_loses_nothing_that_was_kept_by_itself(story, anne, editor):
    open_form(anne, story)
    retitle(anne, "Vaccins au cabinet")
    write_in_body(anne, "p:nth-child(2)", " Ce que la panne n’emporte pas.")
    anne.page.get_by_text(KEPT).wait_for(timeout=30_000)
    assert kept(editor)["title"] == "Vaccins au cabinet"
    crash(anne)

    open_form(anne, story)
    note = anne.page.get_by_text("Un texte non enregistré du")
    assert note.count() == 1
    assert anne.page.input_value("#id_title") == "Vaccins"
    assert anne.violations() == []

    anne.page.get_by_role("link", name="Reprendre").click()
    anne.page.locator(".ck-editor__editable").wait_for()
    assert anne.page.input_value("#id_title") == "Vaccins au cabinet"
    assert "Ce que la panne n’emporte pas." in anne.page.inner_text(".ck-editor__editable")
    anne.page.keyboard.press("Control+s")
    anne.page.get_by_text("a été modifié").wait_for()

    saved = Article.objects.get()
    assert (saved.title, "n’emporte pas" in saved.body) == ("Vaccins au cabinet", True)
    assert kept(editor) == {}
    wait_until(lambda: copies(anne) == [])


def crash(person):
    """Kill the tab as a crash does, without any of its farewells, and open another."""
    broken, person.page = person.page, person.context.new_page()
    with broken.expect_event("crash"), contextlib.suppress(PlaywrightError):
        broken.goto("chrome://crash", timeout=10_000)
    broken.close()


def test_a_crash_before_the_server_heard_of_it_is_made_good_by_this_device(story, anne, editor):
    open_form(anne, story)
    anne.context.set_offline(True)
    retitle(anne, "Écrit dans le train")
    anne.page.get_by_text(f"Hors connexion : {HERE}").wait_for(timeout=30_000)
    wait_until(lambda: copies(anne))
    crash(anne)
    anne.context.set_offline(False)
    assert kept(editor) == {}

    open_form(anne, story)
    note = anne.page.get_by_text("Une version plus récente est gardée sur cet appareil")
    note.wait_for()
    assert anne.violations() == []
    with anne.context.expect_page() as opened:
        anne.page.get_by_role("button", name="Comparer").click()
    opened.value.get_by_role("heading", name="Texte non enregistré").wait_for()
    assert "Écrit dans le train" in opened.value.inner_text("main")
    opened.value.close()
    anne.page.get_by_role("button", name="Reprendre").click()
    anne.page.wait_for_url("**/?reprendre=1")

    assert anne.page.input_value("#id_title") == "Écrit dans le train"


def test_the_network_comes_back_and_so_does_keeping(story, anne, editor):
    open_form(anne, story)
    anne.context.set_offline(True)
    retitle(anne, "Écrit dans le train")
    anne.page.get_by_text(f"Hors connexion : {HERE}").wait_for(timeout=30_000)

    anne.context.set_offline(False)

    anne.page.get_by_text(KEPT).wait_for(timeout=30_000)
    assert kept(editor)["title"] == "Écrit dans le train"


def test_the_session_ends_while_typing_and_signing_in_elsewhere_loses_nothing(story, anne, editor):
    open_form(anne, story)
    Session.objects.all().delete()
    retitle(anne, "Écrit sans session")
    anne.page.get_by_text("Votre session est terminée").wait_for(timeout=30_000)
    assert anne.violations() == []

    with anne.context.expect_page() as opened:
        anne.page.get_by_role("link", name="Se reconnecter dans un nouvel onglet").click()
    form, anne.page = anne.page, opened.value
    anne.fill_in_sign_in(editor)
    anne.page.close()
    anne.page = form
    anne.page.bring_to_front()

    anne.page.get_by_text(KEPT).wait_for(timeout=30_000)
    assert kept(editor)["title"] == "Écrit sans session"
    anne.page.keyboard.press("Control+s")
    anne.page.get_by_text("a été modifié").wait_for()
    assert Article.objects.get().title == "Écrit sans session"


def test_a_save_without_a_session_is_lost_by_the_server_and_brought_back_by_this_device(story, anne, editor):
    open_form(anne, story)
    retitle(anne, "Enregistré trop tard")
    write_in_body(anne, "p:nth-child(1)", " Une phrase de plus.")
    Session.objects.all().delete()
    anne.page.keyboard.press("Control+s")
    anne.page.wait_for_url("**/compte/connexion/**")
    assert Article.objects.get().title == "Vaccins"

    anne.fill_in_sign_in(editor)

    anne.page.get_by_text("Une version plus récente est gardée sur cet appareil").wait_for()
    anne.page.get_by_role("button", name="Reprendre").click()
    anne.page.wait_for_url("**/?reprendre=1")
    anne.page.locator(".ck-editor__editable").wait_for()
    assert anne.page.input_value("#id_title") == "Enregistré trop tard"
    assert "Une phrase de plus." in anne.page.inner_text(".ck-editor__editable")


def test_closing_the_tab_sends_the_last_words(story, anne, editor):
    open_form(anne, story)
    retitle(anne, "Les derniers mots")

    anne.page.close(run_before_unload=False)

    wait_until(lambda: kept(editor).get("title") == "Les derniers mots")


def test_leaving_with_unsaved_changes_warns_and_without_does_not(story, anne):
    asked = []
    anne.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_form(anne, story)
    anne.goto("/admin/")
    assert asked == []

    open_form(anne, story)
    write_in_body(anne, "p:nth-child(1)", " Non enregistré.")
    anne.goto("/admin/")

    assert asked == ["beforeunload"]


def test_a_new_article_comes_back_too(anne, editor):
    anne.goto("/admin/articles/article/add/")
    anne.page.locator(".ck-editor__editable").wait_for()
    retitle(anne, "Jamais enregistré")
    anne.page.get_by_text(KEPT).wait_for(timeout=30_000)
    crash(anne)

    anne.goto("/admin/articles/article/add/")
    assert anne.violations() == []
    anne.page.get_by_role("link", name="Reprendre").click()
    anne.page.locator(".ck-editor__editable").wait_for()

    assert anne.page.input_value("#id_title") == "Jamais enregistré"
    anne.page.keyboard.press("Control+s")
    anne.page.get_by_text("a été ajouté").wait_for()
    assert Article.objects.get().title == "Jamais enregistré"
    assert kept(editor) == {}


def test_a_text_on_this_device_is_discarded_for_good(story, anne, editor):
    open_form(anne, story)
    anne.context.set_offline(True)
    retitle(anne, "À jeter")
    wait_until(lambda: copies(anne))
    crash(anne)
    anne.context.set_offline(False)
    open_form(anne, story)

    anne.page.get_by_role("button", name="Jeter").click()

    wait_until(lambda: copies(anne) == [])
    open_form(anne, story)
    anne.page.wait_for_timeout(500)
    assert not anne.page.get_by_role("button", name="Jeter").is_visible()


def test_what_nobody_came_back_for_in_thirty_days_is_forgotten(story, anne, editor):
    open_form(anne, story)
    anne.page.evaluate(
        """async (person) => {
          const copies = await import("/static/js/desk-copies.js");
          const copy = { person, article: "9", formKey: "k", fields: "[]", isOnServer: false };
          await copies.put({ ...copy, id: "old", at: Date.now() - 31 * 86400000 });
          await copies.put({ ...copy, id: "young", at: Date.now() - 29 * 86400000 });
        }""",
        str(editor.pk),
    )

    open_form(anne, story)

    wait_until(lambda: [copy["id"] for copy in copies(anne)] == ["young"])


def test_faults_are_listed_on_top_with_links_that_lead_to_the_fields(story, anne, editor):
    open_form(anne, story)
    retitle(anne, "")
    write_in_body(anne, "p:nth-child(1)", " Gardé.")

    anne.page.keyboard.press("Control+s")

    anne.page.locator("[data-faults]").wait_for()
    assert anne.page.title().startswith("Erreur")
    assert anne.page.evaluate("document.activeElement.hasAttribute('data-faults')")
    assert anne.violations() == []
    anne.page.get_by_role("link", name="Titre").click()
    assert anne.page.evaluate("document.activeElement.id") == "id_title"
    assert "Gardé." in anne.page.inner_text(".ck-editor__editable")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_every_note_looks_right(story, visitor, editor, chief, viewport, color_scheme):
    from datetime import timedelta

    from django.utils import timezone

    from articles.presence import attend
    from articles.revising import autosave

    anne = visitor(viewport=viewport, color_scheme=color_scheme, bypass_csp=True)
    anne.sign_in(editor)
    attend(story, chief)
    story.lock.typed_at = timezone.now() - timedelta(minutes=11)
    story.lock.save()
    autosave(story, {"title": "Jamais enregistré"}, editor, base=1, form_key="k")

    open_form(anne, story)
    anne.page.get_by_role("button", name="Prendre la main").wait_for()
    faults = anne.violations()
    anne.goto(f"/admin/redaction/articles/{story.pk}/garde/")
    faults += anne.violations()

    assert faults == []
    assert not scrolls_sideways(anne)
