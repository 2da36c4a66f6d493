"""A reader whose browser runs no script: the whole of the site by its links and its forms."""

import pytest

from articles.models import Following
from newsroom.discussions.models import Comment
from polls.models import Vote
from tests.browser.conftest import NARROW
from tests.browser.little_site import little_site

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

__all__ = ["little_site"]


@pytest.fixture
def site(web):
    """Nobody works behind the server: what a reader does is done when the page answers."""
    return web


@pytest.fixture(params=[{}, {"viewport": NARROW}], ids=["wide", "narrow"])
def reader(request, visitor):
    """Return a reader without scripts, at a desk and with a telephone."""
    return Reader(visitor(java_script_enabled=False, reduced_motion="reduce", **request.param))


class Reader:
    """Goes by what stands on the page."""

    def __init__(self, person):
        self.person, self.page = person, person.page

    def goto(self, path):
        self.person.goto(path)

    def follow(self, name, within="body", *, exact=True):
        """Follow the first link that is called so, and wait for where it leads."""
        self._go(self.page.locator(within).get_by_role("link", name=name, exact=exact).first)

    def press(self, name, within="main"):
        """Press the first button that is called so, and wait for the answer."""
        self._go(self.page.locator(within).get_by_role("button", name=name).first)

    def _go(self, target):
        with self.page.expect_navigation():
            target.click()

    @property
    def path(self):
        return self.page.url.removeprefix(self.person.url)

    @property
    def title(self):
        return plain(self.page.locator("h1").inner_text())

    @property
    def text(self):
        return plain(self.page.inner_text("main"))

    @property
    def notes(self):
        return plain(self.page.inner_text("#messages"))

    def is_seen(self, selector):
        """Say whether the element stands within the window."""
        box, size = self.page.locator(selector).first.bounding_box(), self.page.viewport_size
        return 0 <= box["y"] < size["height"]

    def signs_in(self, person):
        """Sign in where the site has asked for it."""
        assert self.path.startswith("/compte/connexion/")
        self.person.fill_in_sign_in(person)


def plain(text):
    """Return text with ordinary spaces, so that assertions read like the page."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_from_the_home_page_to_the_references_of_an_old_article(little_site, reader):
    reader.goto("/")
    reader.follow("Spécialités", ".nav")
    reader.follow("Cardiologie", "main")
    assert reader.title == "Cardiologie"
    assert little_site.story.title not in reader.text

    reader.follow("Suivante", ".pages")
    assert "Cardiologie (page 2 sur 2)" in plain(reader.page.title())
    reader.follow(plain(little_site.story.title), "main", exact=False)
    assert "essai qui change le suivi" in reader.title

    reader.follow("2", ".prose")
    assert reader.path.endswith("#ref-2")
    assert reader.is_seen(".refs :target")
    reader.follow("Revenir à l’appel 1 de la référence 2", ".refs")
    assert reader.is_seen(".prose :target")

    assert "21 commentaires" in reader.text
    assert "Message n° 20." in reader.text
    reader.follow("Les plus anciens", "#commentaires")
    assert "Message n° 0." in reader.text
    assert "Message n° 20." not in reader.text
    reader.follow("Suivante", "#commentaires .pages")
    assert "Message n° 20." in reader.text
    assert "tri=anciens" in reader.path


def test_passing_an_article_on(little_site, reader):
    reader.goto(little_site.story.get_absolute_url())

    where = reader.page.locator(".share a").evaluate_all("links => links.map((link) => link.href)")

    address = "%2Farticles%2Fessai%2F"
    assert [place.split("?")[0] for place in where] == [
        "https://www.linkedin.com/sharing/share-offsite/",
        "https://x.com/intent/post",
        "https://wa.me/",
        "mailto:",
    ]
    assert [place for place in where if address not in place] == []
    # What only a script can do is not offered.
    assert reader.page.locator(".tools button:visible").count() == 0
    assert reader.page.locator(".tools a:visible").count() == 1


def test_searching(little_site, reader):
    reader.goto("/")
    reader.follow("Rechercher", ".site-head", exact=False)
    reader.page.fill("#q", "essai")
    reader.press("Rechercher")
    assert "« essai » : 2 résultats" in reader.title

    reader.page.select_option("#specialite", "cardiologie")
    reader.press("Appliquer")
    assert "1 résultat" in reader.title
    assert "specialite=cardiologie" in reader.path
    assert "essai qui change le suivi" in reader.text
    assert "des pédiatres" not in reader.page.inner_text("main ol")

    reader.follow("Cardiologie : retirer ce filtre", "main", exact=False)
    assert "2 résultats" in reader.title

    reader.page.fill("#q", "insufisance")
    reader.press("Rechercher")
    assert "Vouliez-vous dire" in reader.text
    reader.follow("« insuffisance »", "main .note", exact=False)
    assert little_site.story.title.split(" :")[0] in reader.text


def test_following_an_author_by_way_of_signing_in(little_site, reader, lea):
    reader.goto(little_site.story.get_absolute_url())
    reader.follow("Dre Anne Dupré", ".byline", exact=False)
    assert reader.title == "Dre Anne Dupré"
    assert "Elle écrit le lundi." in reader.text

    reader.press("Suivre")
    reader.signs_in(lea)
    assert "Suivre « Dre Anne Dupré »" in reader.title
    reader.press("Suivre")
    assert "Vous suivez « Dre Anne Dupré »" in reader.title
    assert Following.objects.filter(reader=lea).count() == 1

    reader.follow("Mes suivis", "main")
    assert "Anne Dupré" in reader.page.inner_text("section:has(#suivis)")
    reader.press("Ne plus suivre", "section:has(#suivis)")
    assert not Following.objects.exists()
    assert "Vous ne suivez plus" in reader.notes

    reader.follow("Se déconnecter", "main")
    reader.press("Se déconnecter")
    reader.goto("/moi/")
    assert reader.path.startswith("/compte/connexion/")


def test_voting_and_arguing_by_way_of_signing_in(little_site, reader, camille):
    reader.goto("/")
    reader.follow("Débats", ".nav")
    reader.follow(plain(little_site.debate.question), "main", exact=False)
    rest = reader.page.get_by_text("ne revient pas deux fois")
    assert not rest.is_visible()
    reader.page.locator(".cmt summary").click()
    rest.wait_for()

    reader.page.locator("#debat-position .vote__non input").check(force=True)
    reader.press("Voter", "#debat-position")
    reader.signs_in(camille)
    assert reader.page.locator(".vote__non input").is_checked()
    reader.page.fill("#id_argument", "Le réfrigérateur du cabinet n’a pas d’alarme.")
    reader.press("Publier ma position")
    assert reader.path.endswith("#resultat")
    assert "Votre position : Non" in " ".join(reader.text.split())
    assert "en attente de modération : visible par vous uniquement" in reader.text
    assert Vote.objects.get(voter=camille).choice.label == "Non"

    reader.page.locator(".vote__oui input").check(force=True)
    reader.press("Publier ma position")
    assert Vote.objects.get(voter=camille).choice.label == "Oui"

    reader.follow("Le retirer", "main")
    reader.press("Retirer le message")
    assert not Comment.objects.filter(author=camille, status=Comment.Status.HELD).exists()


def test_answering_a_consultation(little_site, reader, camille):
    reader.goto("/")
    reader.follow("Consultations", ".nav")
    reader.follow(plain(little_site.poll.question), "main", exact=False)
    reader.page.get_by_label("Des visites").check()
    reader.press("Répondre")
    reader.signs_in(camille)
    assert reader.page.get_by_label("Des visites").is_checked()
    reader.press("Répondre")

    assert "Votre réponse : Des visites" in reader.text
    assert Vote.objects.filter(voter=camille, choice__label="Des visites").count() == 1


def test_commenting_and_withdrawing(little_site, reader, camille):
    story = little_site.story
    reader.goto(story.get_absolute_url())
    reader.follow("Écrire un commentaire", "#commentaires")
    reader.signs_in(camille)
    reader.press("Envoyer")
    assert reader.page.title().startswith("Erreur")
    assert reader.page.locator("textarea").get_attribute("aria-invalid") == "true"

    reader.page.fill("textarea", "Voir le protocole sur https://exemple.example/protocole")
    reader.press("Envoyer")
    assert "En attente de modération : visible par vous uniquement" in reader.text
    assert "Voir le protocole" in reader.text
    held = Comment.objects.get(author=camille)
    assert held.is_held

    reader.follow("Retour à la discussion", "main")
    assert reader.path == f"{story.get_absolute_url()}#commentaires"
    assert "Voir le protocole" not in reader.text

    reader.follow("Répondre à Dre Hélène V.", "#commentaires", exact=False)
    assert "Message n° 20." in reader.text
    reader.page.fill("textarea", "D’accord, et voir https://exemple.example/ aussi")
    reader.press("Envoyer")
    reader.follow("Retirer ce message", "main", exact=False)
    reader.press("Retirer le message")
    assert "Votre message a été retiré." in reader.notes
    assert Comment.objects.filter(author=camille, status=Comment.Status.HELD).count() == 1


def test_selections_dossiers_and_podcasts(little_site, reader):
    reader.goto("/")
    reader.follow("La sélection", ".nav")
    assert little_site.chosen.now.title in reader.text
    reader.follow("Éditions passées", "main")
    reader.follow("Édition 1", "main", exact=False)
    assert little_site.chosen.then.title in reader.text
    assert little_site.chosen.now.title not in reader.text

    reader.goto("/plan-du-site/")
    reader.follow("Le cœur", "main")
    assert reader.title == "Le cœur"
    assert plain(little_site.debate.question) in reader.text
    reader.follow(plain(little_site.story.title), "main", exact=False)
    assert "Le cœur" in reader.text

    reader.goto("/")
    reader.follow("Podcasts", ".nav")
    reader.follow(little_site.podcast.title, "main")
    player = reader.page.locator("audio")
    assert player.get_attribute("controls") is not None
    assert player.is_visible()
    chapter = reader.page.locator("a[data-seek='12']").get_attribute("href")
    assert chapter == f"{little_site.podcast.audio.url}#t=12"
    assert "bonjour" not in reader.text
    reader.page.locator("#transcription summary").click()
    assert "bonjour" in reader.text


def test_pages_about_the_house_and_feeds(little_site, reader):
    reader.goto("/")
    links = reader.page.locator(".foot a").evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    house = [path for path in dict.fromkeys(links) if not path.startswith(("/compte/", "/moi/", "/flux/"))]
    assert len(house) > 10
    faults = {}
    for path in house:
        answer = reader.person.goto(path)
        if answer.status != 200 or not reader.page.locator("h1").inner_text():
            faults[path] = answer.status
    # No partner has given its selection here.
    assert faults == {"/selections/la-revue-du-praticien/": 404}

    pages = [little_site.specialty, little_site.author, little_site.selection]
    for path in ["/articles/", *(thing.get_absolute_url() for thing in pages)]:
        reader.goto(path)
        feeds = reader.page.locator("link[rel=alternate][type='application/rss+xml']").evaluate_all(
            "links => links.map((link) => link.href)"
        )
        assert [reader.page.request.get(feed).status for feed in feeds] == [200] * len(feeds)
        assert len(feeds) >= 2
    reader.goto("/")
    assert "/flux/articles.rss" in links
