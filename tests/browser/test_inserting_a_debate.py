"""Setting a debate or a consultation into an article's text, by keyboard and by hand, in a real browser."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article
from tests.browser.conftest import NARROW, WIDE
from tests.browser.desk import open_form, scrolls_sideways
from tests.factories.accounts import staff
from tests.factories.articles import DraftFactory
from tests.factories.debates import debate_of
from tests.factories.polls import PollFactory

pytestmark = pytest.mark.django_db(transaction=True)

# Where pictures of the dialog go, for people to look at; nowhere unless asked.
PICTURES = os.environ.get("PICTURES", "")
OPENER = "Insérer un débat ou une consultation…"
TEXT = "<p>Le premier.</p><p>Le second.</p>"
# The debate's question as French typography has it, and the line that it becomes.
QUESTION = "Faut-il vacciner à l’hôpital\N{NARROW NO-BREAK SPACE}?"
LINE = f'<p><a href="/debats/vacciner/">{QUESTION}</a></p>'
# Where a caret may stand, and what then stands before the line.
ALONE = "<p>Ici.</p>"
BLOCKS = (
    ALONE,
    "<h2>Ici</h2>",
    "<ul><li>Ici</li><li>deux</li></ul>",
    "<blockquote><p>Ici.</p><p>Dit.</p></blockquote>",
    '<figure class="table"><table><tbody><tr><td>Ici</td><td>10 mg</td></tr></tbody></table></figure>',
)


@pytest.fixture
def site(web):
    """Nobody works behind the server: nothing of this waits for a worker."""
    return web


@pytest.fixture
def editor(db):
    return staff("editor", email="redaction@example.org", first_name="Anne", last_name="Dupré")


@pytest.fixture
def person(visitor, editor):
    """The editor with an article open that is being written."""
    person = visitor()
    person.sign_in(editor)
    return person


@pytest.fixture
def article():
    return DraftFactory(body=TEXT)


@pytest.fixture
def questions():
    """A debate, a consultation to come, and twelve others that begin alike."""
    PollFactory.create_batch(12)
    PollFactory(question="Faut-il fermer la nuit ?", slug="la-nuit", opens_at=timezone.now() + timedelta(days=3))
    return debate_of(question="Faut-il vacciner à l’hôpital ?", slug="vacciner")


def box(path, kind, question):
    """Return what readers are shown of an inserted line."""
    return f'<p class="box insert"><b>{kind}</b><br><a href="{path}">{question}</a></p>'


def offered(person):
    return person.page.locator("dialog [role=option]")


def open_dialog(person):
    person.page.get_by_role("button", name=OPENER).press("Enter")
    offered(person).first.wait_for()


def look_for(person, typed):
    """Type into the dialog and wait until one answer is left."""
    person.page.keyboard.type(typed)
    expect(offered(person)).to_have_count(1)


def text(person):
    return person.page.evaluate("window.editors.id_body.getData()")


def has_focus_in_text(person):
    return person.page.evaluate("document.activeElement.matches('.ck-editor__editable')")


def caret_in(person, words):
    person.page.locator(".ck-editor__editable").get_by_text(words).click()


def save(person):
    with person.page.expect_navigation(wait_until="networkidle"):
        person.page.keyboard.press("Control+s")


def test_a_debate_is_found_and_inserted_by_keyboard_alone_and_readers_see_its_box(person, article, questions):
    open_form(person, article)
    caret_in(person, "Le premier.")
    open_dialog(person)

    words = person.page.get_by_role("combobox", name="Mots de la question")
    assert words.evaluate("field => field === document.activeElement")
    look_for(person, "VACCINER hop")
    person.page.keyboard.press("ArrowDown")
    assert words.get_attribute("aria-activedescendant") == person.page.locator(
        "dialog [aria-selected=true]"
    ).get_attribute("id")
    person.page.keyboard.press("Enter")

    expect(person.page.locator("dialog")).not_to_be_visible()
    assert has_focus_in_text(person)
    expect(person.page.locator(".insertion-opener")).to_contain_text(f"{QUESTION} » est dans le texte")
    person.page.keyboard.type("Ici, ")
    assert text(person) == f"<p>Le premier.</p>{LINE}<p>Ici, Le second.</p>"
    save(person)

    shown = box("/debats/vacciner/", "Débat", QUESTION)
    assert shown in Article.objects.get(pk=article.pk).body_html
    person.goto(f"/admin/redaction/articles/{article.pk}/apercu/")
    frame = person.page.frame_locator("iframe")
    expect(frame.locator(".box.insert")).to_have_text(f"Débat{QUESTION}")
    assert frame.locator(".box.insert a").get_attribute("href") == "/debats/vacciner/"
    assert person.complaints == []


def test_escape_leads_back_to_the_text_and_changes_nothing(person, article, questions):
    open_form(person, article)
    caret_in(person, "Le second.")
    person.page.keyboard.press("End")
    open_dialog(person)
    look_for(person, "vacciner")

    person.page.keyboard.press("Enter")
    expect(person.page.locator("dialog")).to_be_visible()
    person.page.keyboard.press("Escape")

    expect(person.page.locator("dialog")).not_to_be_visible()
    assert has_focus_in_text(person)
    person.page.keyboard.type(" Suite.")
    assert text(person) == "<p>Le premier.</p><p>Le second. Suite.</p>"


def test_the_arrows_turn_the_page_and_come_round(person, article, questions):
    open_form(person, article)
    open_dialog(person)
    options = offered(person)
    chosen = person.page.locator("dialog [aria-selected=true]")
    expect(options).to_have_count(10)
    expect(options.first).to_contain_text("Faut-il fermer la nuit ?")
    expect(options.first).to_contain_text("avant, son lien ne mène nulle part")

    for _step in range(11):
        person.page.keyboard.press("ArrowDown")
    expect(options).to_have_count(14)
    assert chosen.get_attribute("id") == options.nth(10).get_attribute("id")
    expect(person.page.get_by_role("button", name="Afficher la suite")).not_to_be_visible()
    for _step in range(4):
        person.page.keyboard.press("ArrowDown")
    assert chosen.count() == 0
    person.page.keyboard.press("ArrowUp")
    assert chosen.get_attribute("id") == options.nth(13).get_attribute("id")


def test_what_does_not_exist_is_said_and_so_is_a_server_that_is_away(person, article, questions):
    open_form(person, article)
    open_dialog(person)
    said = person.page.locator("dialog [role=status]")

    person.page.keyboard.type("zzz")
    expect(said).to_have_text("Aucun débat, aucune consultation n’a ces mots dans sa question.")
    person.page.route("**/a-inserer/**", lambda route: route.abort())
    person.page.keyboard.type("z")
    expect(said).to_contain_text("ne répond pas")
    person.page.keyboard.press("Escape")
    assert text(person) == TEXT


def test_the_line_stands_between_the_blocks_of_the_text_never_inside_one(person, questions):
    written = {}
    for before in BLOCKS:
        article = DraftFactory(body=f"{before}<p>Après.</p>" if before != ALONE else before)
        open_form(person, article)
        caret_in(person, "Ici")
        open_dialog(person)
        look_for(person, "vacciner")
        offered(person).click()
        save(person)
        article.refresh_from_db()
        written[before] = article.body
        assert box("/debats/vacciner/", "Débat", QUESTION) in article.body_html

    assert written == {before: f"{before}{LINE}<p>Après.</p>" for before in BLOCKS} | {ALONE: f"{ALONE}{LINE}"}


def test_an_empty_paragraph_gives_way_and_undoing_brings_it_back(person, article, questions):
    open_form(person, article)
    caret_in(person, "Le premier.")
    person.page.keyboard.press("End")
    person.page.keyboard.press("Enter")
    before = text(person)
    open_dialog(person)
    look_for(person, "vacciner")
    person.page.keyboard.press("ArrowDown")
    person.page.keyboard.press("Enter")

    assert text(person) == f"<p>Le premier.</p>{LINE}<p>Le second.</p>"
    person.page.keyboard.press("Control+z")
    assert text(person) == before


def test_in_the_source_the_line_is_written_at_the_caret(person, article, questions):
    open_form(person, article)
    person.page.get_by_role("button", name="Montrer plus d'éléments").click()
    person.page.get_by_role("button", name="Source").click()
    source = person.page.locator(".ck-source-editing-area textarea")
    source.evaluate("field => field.setSelectionRange(field.value.length, field.value.length)")
    open_dialog(person)
    look_for(person, "vacciner")
    person.page.keyboard.press("ArrowDown")
    person.page.keyboard.press("Enter")

    assert source.evaluate("field => field === document.activeElement")
    save(person)
    article.refresh_from_db()
    assert article.body == f"{TEXT}{LINE}"


@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_form_and_dialog_have_no_fault_that_axe_finds(visitor, editor, article, questions, viewport, scheme):
    person = visitor(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    person.sign_in(editor)
    open_form(person, article)
    faults = {"form": person.violations()}
    open_dialog(person)
    person.page.keyboard.press("ArrowDown")
    faults["dialog"] = person.violations()
    if PICTURES:
        person.page.screenshot(path=Path(PICTURES) / f"insertion-{viewport['width']}-{scheme}.png")
    assert scrolls_sideways(person) is False
    person.page.keyboard.type("zzz")
    person.page.get_by_text("Aucun débat").wait_for()
    faults["nothing found"] = person.violations()

    assert {name: found for name, found in faults.items() if found} == {}


def test_without_scripts_there_is_no_button_and_the_form_says_how_it_is_done_by_hand(
    visitor, editor, article, questions
):
    person = visitor(java_script_enabled=False)
    person.sign_in(editor)
    person.goto(f"/admin/articles/article/{article.pk}/change/")

    assert person.page.get_by_role("button", name=OPENER).count() == 0
    expect(person.page.locator("#id_body_helptext")).to_contain_text(
        '<p><a href="/debats/adresse/">La question ?</a></p>'
    )
    person.page.fill("#id_body", f'{TEXT}<p><a href="/debats/vacciner/">Faut-il vacciner ?</a></p>')
    with person.page.expect_navigation():
        person.page.locator("[name=_continue]").first.click()
    assert box("/debats/vacciner/", "Débat", "Faut-il vacciner ?") in Article.objects.get(pk=article.pk).body_html
