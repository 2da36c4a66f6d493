"""The chief composes a selection: by keyboard alone, by dragging, without scripts, beside a colleague."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.curating.composing import begin, compose
from articles.models import Article
from articles.ordering import Slot
from articles.selecting import fill
from articles.showing import shown_of
from tests.browser.conftest import NARROW, WIDE
from tests.factories.articles import ArticleFactory, SelectionFactory, SpecialtyFactory, TagFactory
from tests.factories.selections import EditionFactory, slot
from tests.journeys.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = (
    "Hypertension : relire les mesures",
    "Fièvre de l’enfant",
    "Antibiotiques : dire non",
    "Les mots du secrétariat",
)


@pytest.fixture
def selection(db):
    """A selection that readers see with one article, and four candidates."""
    selection = SelectionFactory(title="La sélection de la rédaction", slug="redaction")
    EditionFactory(selection=selection, number=1, articles=[ArticleFactory(title="Déjà là")])
    for hours, title in enumerate(TITLES):
        ArticleFactory(title=title, published_at=timezone.now() - timedelta(hours=hours + 1))
    return selection


@pytest.fixture
def desk(visitor, chief, selection):
    """Return a maker of the chief at the composition page."""

    def open_desk(person=chief, **options):
        seat = visitor(**options)
        seat.sign_in(person)
        seat.goto(selection.get_curation_url())
        return seat

    return open_desk


def titles(edition):
    return [str(item) for item in edition.items.select_related("article")]


def tab_to(page, name, *, most=120):
    """Press Tab until the control of that accessible name has the focus, as somebody without a mouse does."""
    for _press in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches(':focus-visible')") and focused(page).startswith(name):
            return
    message = f"Tab never comes to {name!r}."
    raise AssertionError(message)


def focused(page):
    """Return the accessible name of what has the focus."""
    return page.evaluate(
        """() => {
            const at = document.activeElement;
            const label = at.getAttribute("aria-label") || at.labels?.[0]?.textContent || at.textContent;
            return label.replace(/[\\u00a0\\u202f\\s]+/g, " ").trim();
        }"""
    )


def announced(page, words):
    # Asked from here: what is asked again and again within the page would be eval, which the policy refuses.
    said = """words => document.querySelector('[data-announce]').textContent
        .replace(/[\\u00a0\\u202f\\s]+/g, ' ').includes(words)"""
    wait_until(lambda: page.evaluate(said, words), seconds=8)


def press(page, name, says=""):
    """Come to a control from the top of the page with Tab, press Enter, and wait for what is said."""
    page.locator("[data-heading]").focus()
    tab_to(page, name)
    page.keyboard.press("Enter")
    if says:
        announced(page, says)


def test_selection_curation_by_keyboard_only(desk, selection):
    chief = desk()
    page = chief.page
    press(page, "Composer à partir de l’édition 1")
    page.wait_for_selector("[data-composition]")
    composed = selection.editions.get(number=2)

    # Adding: the focus goes on to the next candidate.
    press(page, "Ajouter « Hypertension", "« Hypertension : relire les mesures » est en position 2.")
    assert focused(page).startswith("Ajouter « Fièvre")
    page.keyboard.press("Enter")
    announced(page, "« Fièvre de l’enfant » est en position 3.")

    # Moving: the focus stays with the article.
    press(page, "Monter « Fièvre", "« Fièvre de l’enfant » est en position 2.")
    assert focused(page) == "Monter « Fièvre de l’enfant »"
    page.keyboard.press("Alt+ArrowUp")
    announced(page, "« Fièvre de l’enfant » est en position 1.")
    assert titles(composed) == ["Fièvre de l’enfant", "Déjà là", "Hypertension : relire les mesures"]

    # Typing a position, and pinning it.
    page.locator("[data-heading]").focus()
    tab_to(page, "Position de « Hypertension")
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    announced(page, "La liste est enregistrée.")
    assert focused(page) == "Position de « Hypertension : relire les mesures »"
    tab_to(page, "Épingle et dates « Hypertension")
    page.keyboard.press("Enter")
    tab_to(page, "Épinglé à cette position")
    page.keyboard.press("Space")
    wait_until(lambda: composed.items.filter(is_pinned=True, position=1).exists())

    # Searching without accents; taking out: the focus goes to what took the place.
    page.locator("[data-heading]").focus()
    tab_to(page, "Chercher dans tous les articles")
    page.keyboard.type("secretariat")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=secretariat**")
    press(page, "Ajouter « Les mots", "« Les mots du secrétariat » est en position 4.")
    press(page, "Retirer « Déjà là", "retiré de la liste")
    assert focused(page) == "Retirer « Les mots du secrétariat »"
    assert [article.title for article in shown_of(selection, Article.objects.all())] == ["Déjà là"]

    press(page, "Publier la sélection")
    page.wait_for_selector(".messagelist :text('est publiée')")
    order = ["Hypertension : relire les mesures", "Fièvre de l’enfant", "Les mots du secrétariat"]
    assert [article.title for article in shown_of(selection, Article.objects.all())] == order
    assert chief.complaints == []


def test_a_slot_is_dragged_to_its_place(desk, selection, chief):
    edition = begin(selection, chief)
    slots = [Slot(article=article.pk) for article in Article.objects.filter(title__in=TITLES).order_by("-published_at")]
    edition = compose(selection, slots, edition=edition.pk, version=0, by=chief)
    page = desk().page
    rows = page.locator("[data-slot]")

    rows.nth(3).locator("[data-grip]").drag_to(rows.nth(1), target_position={"x": 60, "y": 10})

    announced(page, "La liste est enregistrée.")
    assert titles(edition) == [TITLES[0], TITLES[3], TITLES[1], TITLES[2]]


def test_a_candidate_is_dragged_to_its_place(desk, selection, chief):
    edition = begin(selection, chief)
    page = desk().page
    candidates, slots = page.locator("[data-candidate]"), page.locator("[data-slot]")

    candidates.filter(has_text="Hypertension").drag_to(slots.first, target_position={"x": 60, "y": 10})

    announced(page, "« Hypertension : relire les mesures » est en position 1.")
    assert titles(edition) == ["Hypertension : relire les mesures", "Déjà là"]
    assert focused(page) == "Position de « Hypertension : relire les mesures »"
    assert candidates.filter(has_text="Hypertension").get_attribute("draggable") == "false"


def test_what_is_typed_while_a_list_is_saved_is_not_lost(desk, selection, chief):
    edition = begin(selection, chief)
    page = desk().page
    page.evaluate(
        """() => {
            const real = window.fetch;
            window.fetch = async (...asked) => {
                await new Promise((done) => setTimeout(done, 600));
                return real(...asked);
            };
        }"""
    )
    page.locator("[data-slot] summary").first.click()

    page.fill("[name=slots-0-starts_at]", "2030-01-01T08:00")
    page.fill("[name=slots-0-ends_at]", "2030-01-02T08:00")
    page.fill("#id_starts_at", "2030-01-03T08:00")
    page.locator("[data-heading]").focus()

    wait_until(lambda: edition.items.filter(ends_at__isnull=False, starts_at__isnull=False).exists())
    assert page.input_value("#id_starts_at") == "2030-01-03T08:00"


def test_a_network_that_is_away_keeps_what_was_typed(desk, selection, chief):
    edition = begin(selection, chief)
    page = desk().page
    page.locator("[data-slot] summary").first.click()
    page.route("**/composer/", lambda route: route.abort())

    page.fill("[name=slots-0-starts_at]", "2030-01-01T08:00")
    page.locator("[data-act=up]").first.click()

    page.locator(".curation__status").wait_for()
    assert "Rien de ce que vous avez saisi n’est perdu" in page.inner_text(".curation__status")
    page.unroute("**/composer/")
    page.locator("[data-act=up]").first.click()
    wait_until(lambda: edition.items.filter(starts_at__isnull=False).exists())
    assert page.locator(".curation__status").count() == 0


def test_two_editors_on_one_list_lose_nothing(desk, selection, chief, administrator):
    edition = begin(selection, chief)
    first, second = desk(), desk(administrator)
    first.page.locator("[data-act=add]", has_text="Fièvre").click()
    announced(first.page, "est en position 2")

    second.page.locator("[data-act=add]", has_text="Antibiotiques").click()
    second.page.wait_for_selector("h1:has-text('Deux listes')")
    with second.page.expect_navigation(wait_until="networkidle"):
        second.page.get_by_role("button", name="Garder ma liste").click()

    assert titles(edition) == ["Déjà là", "Antibiotiques : dire non"]


def test_everything_works_without_scripts(desk, selection, chief):
    page = desk(java_script_enabled=False).page
    page.get_by_role("button", name="Composer à partir de l’édition 1").click()
    for title in ("Fièvre", "Antibiotiques"):
        page.get_by_role("button", name=f"Ajouter « {title}").click()
    page.locator("[name=slots-2-position]").fill("1")
    page.get_by_role("button", name="Enregistrer la liste").click()
    page.locator("button[value=down-1]").click()
    page.locator("button[value=remove-1]").click()
    page.get_by_role("button", name="Publier la sélection").click()

    order = [article.title for article in shown_of(selection, Article.objects.all())]
    assert order == ["Antibiotiques : dire non", "Fièvre de l’enfant"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_pages_are_accessible(desk, selection, chief, administrator, scheme, viewport):
    shown = selection.editions.get()
    slot(shown, 2, article=ArticleFactory(title="Dépublié depuis", status=Article.Status.UNPUBLISHED))
    specialty, tag = SpecialtyFactory(name="Cardiologie"), TagFactory(name="déserts médicaux")
    ArticleFactory(title="Insuffisance cardiaque : la consultation d’après", primary_specialty=specialty)
    seat = desk(viewport=viewport, color_scheme=scheme, bypass_csp=True)
    found = {"begin": seat.violations()}
    edition = begin(selection, chief)
    first, second = Article.objects.filter(title__in=TITLES)[:2]
    slots = [
        Slot(article=first.pk),
        Slot(rule="specialty", specialty=specialty.pk),
        Slot(article=second.pk, is_pinned=True, position=4, ends_at=timezone.now() + timedelta(days=3)),
        Slot(rule="tag", tag=tag.pk),
    ]
    compose(selection, slots, edition=edition.pk, version=edition.version, by=administrator)
    EditionFactory(selection=selection, number=9, starts_at=timezone.now() + timedelta(days=1), articles=[first])
    seat.goto(selection.get_curation_url())
    found["compose"] = seat.violations()
    picture(seat, f"compose-{scheme}-{viewport['width']}")
    width = seat.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    seat.page.fill("[name=slots-0-position]", "99")
    seat.page.get_by_role("button", name="Enregistrer la liste").click()
    seat.page.wait_for_selector("[data-error]")
    found["error"] = seat.violations()
    picture(seat, f"error-{scheme}-{viewport['width']}")
    seat.goto(selection.get_curation_url())
    edition.refresh_from_db()
    compose(selection, slots[:2], edition=edition.pk, version=edition.version, by=administrator)
    seat.page.locator("[data-act=up]").nth(2).click()
    seat.page.wait_for_selector("h1:has-text('Deux listes')")
    found["conflict"] = seat.violations()
    picture(seat, f"conflict-{scheme}-{viewport['width']}")
    fill(selection, [first, second], chief)
    for name, address in {
        "preview": reverse("desk:selection-preview", args=[selection.pk]),
        "past editions": selection.get_editions_url(),
        "past edition": shown.get_absolute_url(),
    }.items():
        seat.goto(address)
        found[name] = seat.violations()
        picture(seat, f"{name.replace(' ', '-')}-{scheme}-{viewport['width']}")

    assert {name: lines for name, lines in found.items() if lines} == {}
    assert width <= 0


def picture(seat, name):
    """Keep a picture of the page where the person who runs the tests asks for them."""
    folder = os.environ.get("PICTURES")
    if folder:
        seat.page.screenshot(path=str(Path(folder) / f"selection-{name}.png"), full_page=True)
