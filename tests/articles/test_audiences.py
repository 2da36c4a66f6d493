"""Who may read what: everybody, those who have signed in, those whose title is verified."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.urls import reverse

from articles.models import Article
from articles.models.kinds import includes
from newsroom.accounts.professions import Assurance
from tests.factories.articles import ArticleFactory, DraftFactory

pytestmark = pytest.mark.django_db
Audience = Article.Audience


@pytest.fixture
def people(lea, paul, camille, editor):
    """Nobody; a reader whose address is not confirmed, one whose address is, a professional, one of the house."""
    EmailAddress.objects.create(user=paul, email=paul.email, verified=True)
    paul.assurance = Assurance.DECLARED
    paul.save()
    EmailAddress.objects.create(user=lea, email=lea.email, verified=False)
    return [AnonymousUser(), lea, paul, camille, editor]


@pytest.mark.parametrize(
    ("audience", "may"),
    [
        (Audience.PUBLIC, [True, True, True, True, True]),
        (Audience.REGISTERED, [False, False, True, True, True]),
        (Audience.PROFESSIONALS, [False, False, False, True, True]),
    ],
)
def test_each_audience_is_read_by_those_for_whom_it_is_meant(people, audience, may):
    story = ArticleFactory(audience=audience)

    assert [story.is_readable_by(person) for person in people] == may
    assert story.is_restricted == (audience != Audience.PUBLIC)


def test_there_is_no_fourth_audience():
    with pytest.raises(IntegrityError, match="article_says_who_may_read_it"):
        ArticleFactory(audience="everyone")


def test_an_audience_includes_those_before_it():
    assert [[includes(reader, meant) for meant in Audience] for reader in Audience] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]
    assert not includes("public", "everyone")
    assert not includes("everyone", "public")


@pytest.mark.parametrize(("seen_by", "is_seen"), [("", False), ("registered", True), ("professionals", True)])
def test_the_preview_shows_what_each_audience_sees(browser_of, editor, seen_by, is_seen):
    draft = DraftFactory(audience=Audience.REGISTERED, body="<p>Pour les inscrits.</p>")

    page = browser_of(editor).get(draft.get_preview_url(), {"public": seen_by}).content.decode()

    assert ("Pour les inscrits." in page) == is_seen


def test_the_references_of_a_restricted_text_are_not_handed_out(client):
    story = ArticleFactory(audience=Audience.REGISTERED)
    story.references.create(text="Étude.")

    assert client.get(reverse("articles:references-ris", args=[story.slug])).status_code == 404


def test_the_desk_chooses_among_the_three(browser_of, chief):
    page = browser_of(chief).get(reverse("admin:articles_article_add")).content.decode()

    for audience, label in (("public", "Tout le monde"), ("registered", "Lecteurs inscrits")):
        assert f'<option value="{audience}"' in page
        assert label in page
