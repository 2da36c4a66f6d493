"""A reader from outside, without an account, reads by a link, comments, signs off; the link is taken back."""

import pytest

from articles.models import Article, Remark, ShareLink
from articles.writing import write
from tests.factories.articles import AuthorFactory, SpecialtyFactory

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PASSAGE = "un tiers des patients"
REMARK = "Le texte dit un tiers, le tableau dit un quart."
NOTE = "Sous réserve du tableau 2."


@pytest.fixture
def story(editor):
    content = {
        "title": "Relire les mesures de tension",
        "standfirst": "Ce que change la nouvelle recommandation.",
        "body": f"<p>Selon l’étude, {PASSAGE} sont concernés.</p>",
        "format": "news",
        "audience": "public",
        "primary_specialty": SpecialtyFactory(name="Cardiologie", slug="cardiologie").pk,
        "bylines": [
            {"author": AuthorFactory(name="Hélène Vasseur").pk, "role": "", "affiliation": "", "interests": ""}
        ],
    }
    return write(Article(), content, by=editor)


def make_link(person, article):
    """Make a link for somebody at the desk, and return its address."""
    person.goto(links_of(article))
    person.page.get_by_label("Pour qui").fill("Comité de lecture")
    person.page.get_by_role("button", name="Créer un lien").click()
    person.page.get_by_text("Le lien pour Comité de lecture est prêt").wait_for()
    address = person.page.get_by_label("Adresse à envoyer").input_value()
    assert address.startswith(f"{person.url}/relecture/")
    return address.removeprefix(person.url)


def links_of(article):
    return f"/admin/redaction/articles/{article.pk}/liens/"


def send(person, form, **typed):
    """Fill in a form of the reader's, by the end of its address, and send it."""
    for name, words in typed.items():
        person.page.fill(f"form[action$='/{form}/'] [name={name}]", words)
    person.page.click(f"form[action$='/{form}/'] button[type=submit]")


def comment_on_a_passage(reader):
    """Comment as somebody who forgets his name at first: what he typed is still there."""
    send(reader, "remarque", passage=PASSAGE, text=REMARK)
    reader.page.locator(".err-sum").wait_for()
    assert reader.page.input_value("form[action$='/remarque/'] [name=text]") == REMARK
    assert not Remark.objects.exists()
    send(reader, "remarque", name="Pr Paul Roy")
    reader.page.get_by_role("heading", name="Pr Paul Roy").wait_for()
    assert REMARK in reader.page.inner_text("#relecture")


def find_what_came_of_it(person, article):
    """Read the remark, the sign-off and the log at the desk; return the link's part of the page."""
    person.goto(f"/admin/redaction/articles/{article.pk}/remarques/")
    said = person.page.locator("article.desk-card")
    assert "de l’extérieur" in said.get_by_role("heading", name="Pr Paul Roy").inner_text()
    assert said.locator("blockquote").inner_text() == PASSAGE
    assert REMARK in said.inner_text()
    person.goto(links_of(article))
    made = person.page.get_by_role("region", name="Comité de lecture")
    assert "Accord de Pr Paul Roy le" in made.inner_text()
    assert NOTE in made.inner_text()
    made.get_by_text("Journal").click()
    log = made.locator("details li").all_inner_texts()
    assert [entry.split(" ", 2)[2] for entry in log] == ["Accord", "Remarque", "Lecture"]
    return made


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_reader_from_outside_comments_and_signs_off_until_the_link_is_taken_back(
    story, visitor, editor, java_script_enabled
):
    anne = visitor(java_script_enabled=java_script_enabled)
    anne.sign_in(editor)
    address = make_link(anne, story)

    # Somebody without an account reads it in the real template. Without the link nobody does: the article is a draft.
    reader = visitor(java_script_enabled=java_script_enabled)
    assert reader.goto(story.get_absolute_url()).status == 404
    reader.complaints.clear()
    assert reader.goto(address).status == 200
    assert reader.page.locator("header.art-head h1").inner_text() == story.title
    assert "Hélène Vasseur" in reader.page.inner_text(".byline")
    assert PASSAGE in reader.page.inner_text("article .main")

    comment_on_a_passage(reader)
    send(reader, "accord", name="Pr Paul Roy", note=NOTE)
    reader.page.locator("#relecture").get_by_text("Accord de Pr Paul Roy le").wait_for()
    if java_script_enabled:
        assert reader.violations() == []
        # The browser names the refused form's status in its console; nothing else may stand there.
        assert [complaint for complaint in reader.complaints if "422" not in complaint] == []
    made = find_what_came_of_it(anne, story)

    # She takes it back: the reader's next click leads nowhere, and says so.
    made.get_by_role("button", name="Reprendre le lien").click()
    anne.page.get_by_text("ne mène plus nulle part").first.wait_for()
    assert "Repris par Anne Dupré le" in made.inner_text()
    assert made.get_by_label("Adresse à envoyer").count() == 0
    with reader.page.expect_response("**/remarque/") as refused:
        send(reader, "remarque", name="Pr Paul Roy", text="Un mot de plus.")
    assert refused.value.status == 410
    reader.page.get_by_text("Ce lien ne mène plus nulle part").wait_for()
    assert reader.goto(address).status == 410
    assert Remark.objects.count() == 1
    assert not ShareLink.objects.get().is_valid
