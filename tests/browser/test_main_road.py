"""The main road, end to end, in a real browser on real servers."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article
from debates.models import Debate
from newsroom.accounts.models import User
from newsroom.discussions.models import Comment
from newsroom.moderation.models import Decision
from newsroom.notifications.models import Delivery
from polls.models import Vote
from tests.factories.articles import AuthorFactory
from tests.journeys.conftest import wait_until

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

SAMPLE = Path(__file__).resolve().parents[3] / "shared" / "samples" / "page.json"
NO_BREAK = "\N{NO-BREAK SPACE}"

# What the page says, for the real sample; the invented file of the same form says the same of other things.
REAL = {
    "source_id": "cancers-metastatiques",
    "kicker": "recherche",
    "title": "Cancers métastatiques : une nouvelle classe thérapeutique prometteuse",
    "standfirst": "Une équipe de chercheurs français a réalisé une avancée majeure",
    "byline": f"Par Dre{NO_BREAK}Marielle Ammouche",
    "date": "12/05/2025",
    "specialty": "Cancérologie",
    "tag": "recherche",
    "heading": "Des études cliniques nécessaires",
    "doi": "10.1038/s41586-025-08974-4",
    "question": "Etes-vous prêt à stocker des vaccins au cabinet",
    "contributor": "Fabien BRAY",
    "argument": "Je tiens à rappeler aux collègues",
    "selected": {"kicker": "Déserts médicaux", "title": "à peu près la même", "date": "17/12/2025", "count": "20"},
    "podcast": "Un homme meurt en sortant les poubelles",
    "partnered": {"kicker": "Diabétologie", "title": "HbA1c", "date": "06/12/2024", "count": "2"},
}
INVENTED = REAL | {
    "source_id": "invention",
    "title": "Fièvres oubliées : une piste ancienne revient au laboratoire",
    "standfirst": "Une équipe invente ici une avancée",
}


@pytest.fixture
def story(tmp_path):
    """Import the real page where it is, else an invented one of the same form; return what it must show."""
    if SAMPLE.is_file():
        call_command("import_articles", SAMPLE)
        return REAL
    path = tmp_path / "page.json"
    path.write_text(json.dumps(invented_feed()))
    call_command("import_articles", path)
    return INVENTED


def invented_feed():
    def short(identifier, title, date, **extension):
        return {"id": identifier, "title": title, "date_published": f"{date}T00:00:00+01:00", "_newsroom": extension}

    main = {
        "id": INVENTED["source_id"],
        "title": INVENTED["title"],
        "summary": f"{INVENTED['standfirst']} pour les besoins de l’essai.",
        "content_html": f"<p>Premier paragraphe.</p><h2>{INVENTED['heading']}</h2><p>Second paragraphe.</p>",
        "date_published": "2025-05-12T00:00:00+02:00",
        "authors": [{"name": "Dre Marielle Ammouche"}],
        "tags": [INVENTED["tag"]],
        "_newsroom": {
            "kicker": INVENTED["kicker"],
            "specialties": [INVENTED["specialty"]],
            "references": [{"text": "Revue inventée.", "doi": INVENTED["doi"]}],
        },
    }
    selected, partnered = INVENTED["selected"], INVENTED["partnered"]
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            main,
            short(
                "a",
                f"Ils ont {selected['title']} chose",
                "2025-12-17",
                kicker=selected["kicker"],
                comment_count=20,
                selections=["redaction"],
            ),
            short("b", INVENTED["podcast"], "2025-09-23", kicker="Récit", format="podcast", selections=["redaction"]),
            short(
                "c",
                f"{partnered['title']} : relire",
                "2024-12-06",
                kicker=partnered["kicker"],
                comment_count=2,
                selections=["la-revue-du-praticien"],
            ),
        ],
        "_newsroom": {
            "selections": [
                {"slug": "redaction", "title": "La sélection de la rédaction"},
                {"slug": "la-revue-du-praticien", "title": "La Revue du Praticien", "partner": True},
            ],
            "debates": [
                {
                    "question": f"{INVENTED['question']} ?",
                    "positions": ["Oui", "Non"],
                    "arguments": [
                        {"author": "Fabien BRAY", "position": "Non", "text": f"{INVENTED['argument']} ceci…"},
                    ],
                    "cites": [INVENTED["source_id"]],
                },
            ],
        },
    }


@pytest.fixture
def _debaters(camille, paul):
    """Two physicians who agreed to be shown, so that the count of people online shows."""
    User.objects.filter(pk__in=[camille.pk, paul.pk]).update(shows_presence=True)


@pytest.mark.usefixtures("_debaters")
def test_the_model_page_shows_everything_it_must(story, visitor, camille, paul):
    debate = Debate.objects.get()
    for person in (camille, paul):
        debater = visitor()
        debater.sign_in(person)
        debater.goto(debate.get_absolute_url())
    reader = visitor()

    reader.goto(Article.objects.get(source_id=story["source_id"]).get_absolute_url())
    page = reader.page

    head = page.locator("main header.art-head")
    assert story["kicker"].lower() in head.locator(".kicker").inner_text().lower()
    assert story["specialty"] in head.locator(".kicker").inner_text()
    assert plain(head.locator("h1").inner_text()) == story["title"]
    assert story["standfirst"] in head.locator(".chapo").inner_text()
    assert story["byline"] in head.locator(".byline").inner_text()
    assert head.locator(".byline time").first.inner_text() == story["date"]
    assert story["heading"] in page.locator(".prose h2").inner_text()
    assert page.locator(f'a[href="https://doi.org/{story["doi"]}"]').is_visible()
    assert page.locator("main a.tag", has_text=re.compile(story["tag"], re.IGNORECASE)).is_visible()

    box = page.locator("section", has=page.locator("h2", has_text=story["question"])).last
    assert story["contributor"] in box.inner_text()
    assert story["argument"] in plain(box.inner_text())
    assert "Non" in box.locator(".arg .pos").inner_text()
    assert box.get_by_text("Lire plus").is_visible()
    assert "2 débatteurs en ligne" in plain(box.inner_text())

    selection = page.locator("section", has=page.get_by_role("heading", name="La sélection de la rédaction"))
    row = selection.locator("li", has_text=story["selected"]["title"])
    assert story["selected"]["kicker"] in row.inner_text()
    assert story["selected"]["date"] in row.inner_text()
    assert story["selected"]["count"] in row.locator(".meta").inner_text()
    assert "Podcast" in selection.locator("li", has_text=story["podcast"]).inner_text()

    partner = page.locator("section", has=page.get_by_role("heading", name="La Revue du Praticien"))
    assert "Partenaire" in partner.inner_text()
    row = partner.locator("li", has_text=story["partnered"]["title"])
    assert story["partnered"]["kicker"] in row.inner_text()
    assert story["partnered"]["date"] in row.inner_text()
    assert story["partnered"]["count"] in row.locator(".meta").inner_text()
    assert reader.complaints == []


def test_from_the_editor_s_desk_to_the_author_s_letter(story, visitor, site, chief, camille, moderator):
    AuthorFactory(civility="Dre", name="Anne Dupré")
    title = "Une nuit de garde à Quimper"

    publish_in_the_admin(visitor(), chief, title)
    article = Article.objects.get(title=title)
    assert article.is_public_at(timezone.now())

    reader = visitor()
    reader.goto("/articles/")
    reader.page.get_by_role("link", name=title).first.click()
    assert title in reader.page.inner_text("h1")

    physician = visitor()
    physician.sign_in(camille)
    vote_and_argue(physician, Debate.objects.get())
    assert Vote.objects.get(voter=camille).choice.label == "Oui"

    physician.goto(article.get_absolute_url())
    physician.page.fill(
        "#fil-ecrire textarea", "Voir le protocole sur https://exemple.example/protocole, utile la nuit."
    )
    physician.page.click("#fil-ecrire button[type=submit]")
    physician.page.wait_for_load_state("networkidle")
    assert "En attente de modération" in plain(physician.page.inner_text("main"))
    comment = Comment.objects.get(thread=article.thread)
    assert comment.is_held
    reader.goto(article.get_absolute_url())
    assert "utile la nuit" not in reader.page.inner_text("main")

    decider = visitor()
    decider.sign_in(moderator)
    decider.goto("/moderation/?file=attente")
    row = decider.page.locator(f"#m-{comment.pk}")
    with decider.page.expect_navigation(wait_until="networkidle"):
        row.get_by_role("button", name="Approuver").click()
    assert Decision.objects.filter(comment=comment, moderator=moderator).exists()

    reader.goto(article.get_absolute_url())
    assert "utile la nuit" in reader.page.inner_text("main")
    assert "1 commentaire" in plain(reader.page.inner_text("#commentaires h2"))

    letter = wait_until(lambda: next((mail for mail in site.letters() if mail["To"] == camille.email), None))
    text = letter.get_body(("plain",)).get_content()
    assert f"/commentaires/{comment.pk}/" in text
    assert letter.get_body(("html",)) is not None
    wait_until(lambda: Delivery.objects.filter(state="sent").exists())
    physician.goto("/moi/notifications/")
    assert title in plain(physician.page.inner_text("main"))

    for person in (reader, physician, decider):
        assert person.complaints == []


def publish_in_the_admin(visitor, chief, title):
    """Write an article with the rich-text editor and publish it with the button."""
    visitor.sign_in(chief)
    visitor.goto("/admin/articles/article/add/")
    page = visitor.page
    page.fill("#id_title", title)
    page.fill("#id_kicker", "Reportage")
    page.fill("#id_standfirst", "Trois écrans, deux cents appels et une équipe qui tient.")
    page.click(".ck-editor__editable")
    page.keyboard.type("La nuit commence par un silence.")
    choose(page, "#id_primary_specialty", "Cancérologie")
    choose(page, "#id_bylines-0-author", "Anne Dupré")
    with page.expect_navigation(wait_until="networkidle"):
        page.get_by_role("button", name="Publier").first.click()
    assert "Publié" in page.inner_text("#content"), page.inner_text("#content")
    assert visitor.complaints == []


def choose(page, selector, text):
    """Choose from a select, plain or with the admin's autocomplete."""
    field = page.locator(selector)
    if "select2-hidden-accessible" in (field.get_attribute("class") or ""):
        page.locator(f"{selector} + .select2 .select2-selection").click()
        page.locator(".select2-container--open .select2-search__field").fill(text)
        page.locator(".select2-results__option", has_text=text).first.click()
    else:
        field.select_option(label=next(label for label in field.locator("option").all_inner_texts() if text in label))


def vote_and_argue(physician, debate):
    physician.goto(debate.get_absolute_url())
    form = physician.page.locator("#debat-position form")
    form.locator("label", has_text="Oui").locator("input").check(force=True)
    form.locator("textarea").fill("Quand le flacon est au frais, le rappel se fait le jour même.")
    form.get_by_role("button", name="Publier ma position").click()
    physician.page.wait_for_load_state("networkidle")
    assert "Votre position" in plain(physician.page.inner_text("main"))


def plain(text):
    """Return text with ordinary spaces, so that assertions read like the page."""
    return text.replace(NO_BREAK, " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
