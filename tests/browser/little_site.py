"""A small newspaper with one of everything that a reader comes across, for journeys through the whole site."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from articles.models import Article, Reference
from articles.selecting import fill
from articles.tasks import refresh_vocabulary
from newsroom.accounts.models import User
from tests.browser.sounds import sound_of
from tests.factories.articles import ArticleFactory, AuthorFactory, SelectionFactory, SpecialtyFactory
from tests.factories.debates import argument_in, debate_of
from tests.factories.discussions import comment_in
from tests.factories.dossiers import DossierFactory
from tests.factories.polls import PollFactory

# One more than a page of a list holds, with the lead above it: the oldest story stands on page 2.
STORIES = 25
CONVERSATIONS = 21
LONG = "Le flacon tient huit jours au frais.\n\nEt la famille ne revient pas deux fois."


@pytest.fixture
def little_site(db):
    """Publish it and return its parts by name; the podcast's sound goes when the test ends."""
    chief, now = User(is_superuser=True), timezone.now()
    cardiology = SpecialtyFactory(name="Cardiologie", slug="cardiologie")
    anne = AuthorFactory(name="Anne Dupré", slug="anne-dupre", role="Cardiologue", biography="Elle écrit le lundi.")
    story = ArticleFactory(
        title="Insuffisance cardiaque : l’essai qui change le suivi",
        slug="essai",
        body="<p>Une étude [1] le montre, une autre [2] aussi.</p><h2>Le détail</h2><p>La première encore [1].</p>",
        primary_specialty=cardiology,
        signed_by=[anne],
        published_at=now - dt.timedelta(days=40),
    )
    story.tags.add("Échographie")
    for number in (1, 2):
        Reference.objects.create(article=story, text=f"Revue {number}.", doi=f"10.5555/{number}", position=number)
    others = [
        ArticleFactory(primary_specialty=cardiology, published_at=now - dt.timedelta(days=number))
        for number in range(1, STORIES)
    ]
    elsewhere = ArticleFactory(
        title="L’essai des pédiatres", primary_specialty=SpecialtyFactory(name="Pédiatrie", slug="pediatrie")
    )
    podcast = ArticleFactory(
        title="Écouter le cœur",
        slug="ecouter",
        format=Article.Format.PODCAST,
        primary_specialty=cardiology,
        audio_seconds=60,
        chapter_lines="00:00 Début\n00:12 Suite",
        transcript="Dre Anne Dupré : bonjour.",
        published_at=now - dt.timedelta(days=2),
    )
    podcast.audio.save("essai.wav", ContentFile(sound_of(60)))
    selection = SelectionFactory(title="La sélection de la rédaction", slug="redaction")
    for chosen in (others[:2], others[2:4]):
        fill(selection, chosen, by=chief)
    debate = debate_of(question="Faut-il stocker des vaccins au cabinet ?", slug="vaccins")
    debate.articles.add(story)
    argument_in(debate, text=LONG)
    argument_in(debate, side=1, text="La pharmacie est à quarante mètres.")
    for number in range(CONVERSATIONS):
        comment_in(story.thread, text=f"Message n° {number}.", minutes_ago=CONVERSATIONS - number)
    refresh_vocabulary()
    yield SimpleNamespace(
        story=story,
        podcast=podcast,
        elsewhere=elsewhere,
        specialty=cardiology,
        author=anne,
        debate=debate,
        poll=PollFactory(question="Que faites-vous le mercredi ?", slug="mercredi"),
        dossier=DossierFactory(title="Le cœur", slug="le-coeur", items=[story, debate.poll]),
        selection=selection,
        chosen=SimpleNamespace(then=others[0], now=others[2]),
    )
    podcast.audio.storage.delete(podcast.audio.name)
