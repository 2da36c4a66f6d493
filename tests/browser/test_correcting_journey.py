"""The chief puts a published article right: readers are told, and the date moves for what changes the substance."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.core.templatetags.typo import date_long
from tests.browser.desk import open_form
from tests.factories.articles import ArticleFactory

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

DOSE = "La dose est de cinq milligrammes par jour, et non de cinquante."
NAME = "Le professeur s’appelle Anne Roux, et non Anne Leroux."


@pytest.fixture
def marc(visitor, chief):
    """The editor in chief at his browser."""
    person = visitor()
    person.sign_in(chief)
    return person


def correct_by_hand(person, article, text, *, kind, is_substantive):
    """Fill in the row of a correction and save the form."""
    open_form(person, article)
    row = person.page.locator("#corrections-group .inline-related:not(.empty-form)").last
    row.get_by_label("Type").select_option(label=kind)
    row.get_by_label("Sur le fond").set_checked(is_substantive)
    row.get_by_role("textbox").fill(text)
    person.page.keyboard.press("Control+s")
    person.page.get_by_text("a été modifié").wait_for()


def test_a_correction_on_substance_is_told_everywhere_and_one_on_form_moves_no_date(marc, visitor):
    article = ArticleFactory(title="Anticoagulants au cabinet", published_at=timezone.now() - timedelta(days=3))
    updated = f"Mis à jour le {date_long(timezone.now())}"
    reader = visitor()
    head = reader.page.locator(".art-head")

    # What does not touch the substance is told, and moves no date.
    correct_by_hand(marc, article, NAME, kind="Nom ou attribution", is_substantive=False)
    reader.goto(article.get_absolute_url())
    assert NAME in reader.page.get_by_role("region", name="Corrections").inner_text()
    assert "Mis à jour" not in head.inner_text()
    article.refresh_from_db()
    assert article.corrected_at is None

    correct_by_hand(marc, article, DOSE, kind="Chiffre ou posologie", is_substantive=True)
    reader.goto(article.get_absolute_url())
    told = reader.page.get_by_role("region", name="Corrections").inner_text()
    assert told.index("cinq milligrammes") < told.index("Anne Roux")
    assert updated in head.inner_text()

    # The page of all corrections, by the link that the article gives, and its feed.
    reader.page.get_by_role("link", name="Toutes les corrections").click()
    reader.page.wait_for_url("**/corrections/")
    dose, name = (row.inner_text() for row in reader.page.locator("main article.card").all())
    assert ("cinq milligrammes" in dose, "Correction de fond" in dose) == (True, True)
    assert ("Anne Roux" in name, "Correction de forme" in name) == (True, True)
    feed = reader.page.request.get(f"{reader.url}/flux/corrections.rss")
    assert feed.ok
    assert feed.text().count("<item>") == 2
    assert "cinq milligrammes" in feed.text()

    # Told is told: the form shows both, and offers neither for rewriting.
    open_form(marc, article)
    assert marc.page.locator("#corrections-group .has_original textarea").count() == 0
    assert "cinq milligrammes" in marc.page.inner_text("#corrections-group")
    assert marc.complaints == reader.complaints == []
