"""Finding one's way at the desk: views, suggested tags, merging, where things are used; as people use it."""

import os
from pathlib import Path

import pytest
from django.urls import reverse

from articles.keeping_views import keep_view
from articles.models import SavedView
from newsroom.taxonomy.models import Tag
from tests.browser.conftest import NARROW, WIDE
from tests.factories.accounts import staff
from tests.factories.articles import ArticleFactory, DraftFactory, TagFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Where pictures of the pages go, for people to look at; nowhere unless asked.
PICTURES = os.environ.get("PICTURES", "")


@pytest.fixture
def chief(db):
    return staff("editor in chief", email="chef@example.org", first_name="Marc", last_name="Aubry")


@pytest.fixture
def tags(db):
    infarction = TagFactory(name="infarctus")
    TagFactory(name="crise cardiaque", synonym_of=infarction)
    attack = TagFactory(name="attaque cérébrale")
    ArticleFactory(title="Œdème aigu").tags.add(infarction, attack)
    DraftFactory(title="Un brouillon").tags.add(attack)
    return infarction, attack


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_have_no_fault_that_axe_finds(visitor, chief, tags, viewport, scheme):
    keep_view("articles.article", "status__exact=draft", name="Brouillons", is_shared=True, by=chief)
    view = keep_view("articles.article", "q=oedeme", name="Œdème", is_shared=False, by=chief)
    pages = {
        "list": reverse("admin:articles_article_changelist") + "?status__exact=draft",
        "view": reverse("desk:view", args=[view.pk]),
        "usages": reverse("admin:taxonomy_tag_usages", args=[tags[1].pk]),
        "delete": reverse("admin:taxonomy_tag_delete", args=[tags[0].pk]),
        "redirects": reverse("admin:redirects_redirect_changelist"),
        "tags": reverse("admin:taxonomy_tag_changelist"),
    }
    person = visitor(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    person.sign_in(chief)
    faults = {}
    for name, address in pages.items():
        assert person.goto(address).status == 200, name
        if name == "list":
            person.page.click("nav.views summary")
        if PICTURES:
            person.page.screenshot(path=Path(PICTURES) / f"{name}-{viewport['width']}-{scheme}.png", full_page=True)
        faults[name] = person.violations()

    assert {name: found for name, found in faults.items() if found} == {}


def test_a_list_is_kept_and_found_again(visitor, chief, tags):
    person = visitor()
    person.sign_in(chief)
    person.goto(reverse("admin:articles_article_changelist") + "?status__exact=draft")

    person.page.click("nav.views summary")
    person.page.fill("nav.views input[name=name]", "Mes brouillons")
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.click("nav.views form button")
    person.goto(reverse("admin:articles_article_changelist"))
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.click("nav.views a:has-text('Mes brouillons')")

    assert person.page.locator("#result_list tbody tr").count() == 1
    assert person.page.locator("nav.views a[aria-current=page]").inner_text() == "Mes brouillons"
    assert SavedView.objects.get().query == "status__exact=draft"
    assert person.complaints == []


def test_tags_are_chosen_with_the_keyboard(visitor, chief, tags):
    person = visitor()
    person.sign_in(chief)
    person.goto(reverse("admin:articles_article_add"))
    field = person.page.locator("input[name=tags]")

    field.fill("zona, ")
    field.press("End")
    field.type("crise")
    person.page.wait_for_selector(".tags-list [role=option]")
    assert field.get_attribute("aria-expanded") == "true"
    if PICTURES:
        person.page.screenshot(path=Path(PICTURES) / "tag-field.png")
    field.press("ArrowDown")
    chosen = person.page.locator(".tags-list [aria-selected=true]")
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")
    field.press("Enter")

    assert field.input_value() == "zona, infarctus, "
    assert field.get_attribute("aria-expanded") == "false"
    field.type("att")
    person.page.wait_for_selector(".tags-list [role=option]")
    field.press("Escape")
    assert field.input_value() == "zona, infarctus, att"
    assert not person.page.locator(".tags-list").is_visible()
    assert person.complaints == []


def test_two_tags_are_merged_from_the_list(visitor, chief, tags):
    person = visitor(bypass_csp=True)
    person.sign_in(chief)
    person.goto(reverse("admin:taxonomy_tag_changelist"))

    for tag in tags:
        person.page.check(f"input[name=_selected_action][value='{tag.pk}']")
    person.page.select_option("select[name=action]", "merge_chosen")
    person.page.click(".actions button")
    person.page.wait_for_selector(".select2-selection")
    # Django's own Select2 gives its inner text box no name; the box around it has one.
    assert [fault for fault in person.violations() if "select2-selection__rendered" not in fault] == []
    person.page.click(".select2-selection")
    person.page.keyboard.type("INFARCTUS")
    person.page.wait_for_selector(".select2-results__option--highlighted:has-text('infarctus')")
    if PICTURES:
        person.page.screenshot(path=Path(PICTURES) / "merge.png")
    person.page.keyboard.press("Enter")
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.click(".submit-row input[type=submit]")

    assert Tag.objects.get(pk=tags[1].pk).synonym_of == tags[0]
    assert "est maintenant un synonyme" in person.page.inner_text(".messagelist")
