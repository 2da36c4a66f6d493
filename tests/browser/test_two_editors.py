"""Two editors on one article: each sees the other, nobody overwrites anybody, both texts end up in one."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry

from articles.models import Article, EditingLock
from articles.writing import write
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import open_form, retitle, scrolls_sideways, write_in_body
from tests.journeys.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

BODY = "<p>Le premier paragraphe.</p><p>Le deuxième paragraphe.</p><p>Le troisième paragraphe.</p>"


@pytest.fixture
def story(editor):
    content = {"title": "Vaccins", "standfirst": "Deux phrases.", "body": BODY, "format": "news", "audience": "public"}
    return write(Article(), content, by=editor)


def test_two_editors_on_one_article(story, visitor, editor, chief):
    marc, anne = visitor(), visitor(bypass_csp=True)
    marc.sign_in(chief)
    anne.sign_in(editor)

    # Who comes first holds it; who comes second is told by name, in the form and in the list.
    open_form(marc, story)
    wait_until(lambda: EditingLock.objects.filter(holder=chief).exists())
    open_form(anne, story)
    assert anne.page.get_by_text("Marc Aubry modifie cet article depuis 1 min.").is_visible()
    assert not anne.page.get_by_role("button", name="Prendre la main").is_visible()
    assert not marc.page.get_by_text("modifie cet article").is_visible()

    # Both write; the first to save is Marc. Anne is told while she writes.
    retitle(marc, "Vaccins : le point")
    write_in_body(marc, "p:nth-child(3)", " Complété par Marc.")
    marc.page.keyboard.press("Control+s")
    marc.page.get_by_text("a été modifié").wait_for()
    assert marc.page.url.endswith("/change/")
    retitle(anne, "Vaccins au cabinet")
    write_in_body(anne, "p:nth-child(1)", " Complété par Anne.")
    anne.page.get_by_text("les deux versions seront fusionnées").wait_for(timeout=40_000)

    # Anne saves: no overwriting, no bare error, a choice for what both changed.
    anne.page.keyboard.press("Control+s")
    anne.page.get_by_role("heading", name="Un collègue a enregistré cet article entre-temps").wait_for()
    assert anne.page.locator("fieldset").count() == 1
    assert anne.violations() == []
    assert Article.objects.get().title == "Vaccins : le point"
    anne.page.get_by_label("Une troisième version, écrite ici").check()
    anne.page.get_by_label("troisième version", exact=False).and_(anne.page.locator("textarea")).fill(
        "Vaccins au cabinet : le point"
    )
    anne.page.get_by_role("button", name="Enregistrer la version fusionnée").click()
    anne.page.get_by_text("a été modifié").wait_for()

    merged = Article.objects.get()
    assert merged.title == "Vaccins au cabinet : le point"
    assert "Complété par Anne." in merged.body
    assert "Complété par Marc." in merged.body
    assert list(merged.revisions.order_by("number").values_list("by", flat=True)) == [editor.pk, chief.pk, editor.pk]

    # Marc leaves his form open and types nothing: Anne takes over, the journal says so, and so does Marc's form.
    EditingLock.objects.filter(holder=chief).update(typed_at=EditingLock.objects.get().typed_at - timedelta(minutes=11))
    open_form(anne, story)
    anne.page.get_by_role("button", name="Prendre la main").click()
    wait_until(lambda: EditingLock.objects.filter(holder=editor).exists())
    assert not anne.page.get_by_text("modifie cet article").is_visible()
    assert LogEntry.objects.filter(user=editor, change_message__contains="Marc Aubry").exists()
    marc.page.get_by_text("Anne Dupré a pris la main sur cet article.").wait_for(timeout=40_000)


def test_choosing_between_two_versions_works_without_javascript(story, visitor, editor, chief):
    anne = visitor(java_script_enabled=False)
    anne.sign_in(editor)
    anne.goto(f"/admin/articles/article/{story.pk}/change/")
    write(Article.objects.get(), {"title": "Le titre du chef", "kicker": "Terrain"}, by=chief)

    anne.page.fill("#id_title", "Mon titre")
    anne.page.fill("#id_standfirst", "Mon chapô.")
    anne.page.locator("input[name=_continue]").first.click()
    anne.page.get_by_label("La version de Marc Aubry").check()
    anne.page.get_by_role("button", name="Enregistrer la version fusionnée").click()

    merged = Article.objects.get()
    assert (merged.title, merged.kicker, merged.standfirst) == ("Le titre du chef", "Terrain", "Mon chapô.")


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_merge_looks_right(story, visitor, editor, chief, viewport, color_scheme):
    anne = visitor(viewport=viewport, color_scheme=color_scheme, bypass_csp=True)
    anne.sign_in(editor)
    open_form(anne, story)
    write(
        Article.objects.get(),
        {"title": "Le titre du chef", "kicker": "Terrain", "body": BODY.replace("Le premier", "Un premier")},
        by=chief,
    )
    retitle(anne, "Mon titre")
    write_in_body(anne, "p:nth-child(1)", " Complété.")

    anne.page.keyboard.press("Control+s")

    anne.page.get_by_role("button", name="Enregistrer la version fusionnée").wait_for()
    assert anne.page.locator("fieldset").count() == 2
    assert anne.violations() == []
    assert not scrolls_sideways(anne)
