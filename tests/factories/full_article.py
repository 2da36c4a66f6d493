"""An article that has one of everything an article may have."""

from django.utils import timezone

from articles.correcting import correct
from articles.models import Reference
from articles.selecting import fill
from debates.lifecycle import open_debate
from newsroom.accounts.models import User
from newsroom.discussions.posting import bring_in
from polls.models import Choice, Poll
from tests.factories.accounts import UserFactory
from tests.factories.articles import ArticleFactory, AuthorFactory, ImageFactory, SelectionFactory, SpecialtyFactory


def full_article(comments=0):
    """Return it with that many comments, and with stories beside it."""
    specialty = SpecialtyFactory(name="Cancérologie", slug="cancerologie")
    story = ArticleFactory(
        title="Cancers : ce qui change",
        slug="cancers",
        primary_specialty=specialty,
        image=ImageFactory(caption="Des cellules.", credit="AFP"),
        key_points="Un point\nUn autre",
        poll=Poll.objects.create(question="Et vous ?", slug="et-vous", opens_at=timezone.now()),
        signed_by=[
            AuthorFactory(name="Marielle Ammouche", interests="Aucun."),
            AuthorFactory(civility="Dr", name="Paul Martin"),
        ],
    )
    for position in (1, 2):
        Choice.objects.create(poll=story.poll, label=f"Réponse {position}", position=position)
    story.tags.add("Recherche clinique", "Innovation")
    Reference.objects.create(article=story, text="Auteur A. Revue. 2025.", doi="10.5555/12345678")
    correct(story, "La dose était fausse.", UserFactory(is_superuser=True), kind="figure")
    ArticleFactory.create_batch(3, primary_specialty=specialty)
    partner = SelectionFactory(title="La Revue du Praticien", is_partner=True)
    fill(partner, ArticleFactory.create_batch(3), by=User(is_superuser=True))
    debate = open_debate(question="Prêt à stocker ?", slug="stocker", opens_at=timezone.now())
    debate.articles.add(story)
    for number in range(comments):
        bring_in(story.thread, text=f"Message {number}", author_name="Dr A.", at=timezone.now())
    return story


def page_of(client, thing):
    """Return the HTML of a thing's public page."""
    answer = client.get(thing.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()
