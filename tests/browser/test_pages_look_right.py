"""No console error, no CSP violation, no axe violation: the main pages, light and dark, wide and narrow."""

import pytest
from django.utils import timezone

from articles.models import Article
from newsroom.discussions import posting
from newsroom.discussions.models import Comment
from polls.models import Poll
from tests.browser.conftest import NARROW, WIDE
from tests.factories.articles import ArticleFactory
from tests.factories.debates import argument_in, debate_of
from tests.factories.polls import PollFactory

# Other processes look on: changes are committed, and what migrations made is put back after each test.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def furnished(camille, paul, moderator):
    """A small newsroom with something on every page."""
    article = ArticleFactory(title="Une nuit de garde")
    debate = debate_of()
    argument_in(debate)
    argument_in(debate, side=1)
    debate.articles.add(article)
    parent = posting.bring_in(article.thread, text="Un avis", author_name="Anne", at=timezone.now(), author=camille)
    posting.bring_in(article.thread, text="Une réponse", author_name="Paul", at=timezone.now(), parent=parent)
    held = posting.post(article.thread, text="Voir https://exemple.example", by=paul)
    assert held.status == Comment.Status.HELD
    poll = PollFactory()
    assert Article.objects.published().exists()
    assert Poll.objects.exists()
    return {"article": article.get_absolute_url(), "debate": debate.get_absolute_url(), "poll": poll.get_absolute_url()}


@pytest.mark.parametrize("color_scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, NARROW], ids=["wide", "narrow"])
def test_public_and_staff_pages(furnished, visitor, camille, moderator, viewport, color_scheme):
    look = {"viewport": viewport, "color_scheme": color_scheme}
    reader, physician, decider = visitor(**look), visitor(**look), visitor(**look)
    physician.sign_in(camille)
    decider.sign_in(moderator)
    public = ["/", "/articles/", "/debats/", "/consultations/", "/recherche/?q=garde", *furnished.values()]
    rounds = [
        (reader, [*public, "/compte/connexion/", "/compte/inscription/", "/charte/", "/absent/"]),
        (physician, [*furnished.values(), "/moi/", "/moi/notifications/", "/moi/preferences/"]),
        (decider, ["/moderation/", "/moderation/?file=attente", "/moderation/journal/"]),
    ]

    faults = [f"{path}: {fault}" for person, paths in rounds for path in paths for fault in faults_of(person, path)]

    assert faults == []


def faults_of(person, path):
    person.complaints.clear()
    person.goto(path)
    expected = [complaint for complaint in person.complaints if "404" not in complaint or path != "/absent/"]
    too_wide = person.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*expected, *person.violations(), *(["scrolls sideways"] if too_wide else [])]


def test_voting_and_writing_work_without_javascript(furnished, visitor, camille, chromium):
    person = visitor(java_script_enabled=False)
    person.sign_in(camille)

    person.goto(furnished["debate"])
    person.page.locator("#debat-position input[type=radio]").first.check(force=True)
    person.page.locator("#debat-position button[type=submit]").click()
    person.page.get_by_role("button", name="Publier ma position").click()
    assert "Votre position" in person.page.inner_text("main")

    person.goto(furnished["article"])
    person.page.get_by_role("link", name="Écrire un commentaire").click()
    person.page.fill("textarea", "Un mot sans script.")
    person.page.get_by_role("button", name="Envoyer").click()
    assert Comment.objects.filter(source="Un mot sans script.", author=camille).exists()


def test_a_signed_out_vote_survives_signing_in(furnished, visitor, camille):
    person = visitor()
    person.goto(furnished["debate"])
    person.page.locator("#debat-position input[type=radio]").first.check(force=True)
    person.page.locator("#debat-position button[type=submit]").click()
    person.fill_in_sign_in(camille)

    assert person.page.locator("input[type=radio]").first.is_checked()
