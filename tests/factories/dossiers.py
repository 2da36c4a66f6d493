"""Dossiers as they are stored."""

import factory
from django.utils import timezone

from articles.models import Dossier, DossierItem


class DossierFactory(factory.django.DjangoModelFactory):
    """A published dossier; ``items`` are articles and polls, in order."""

    class Meta:
        model = Dossier
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Dossier {n}")
    slug = factory.Sequence(lambda n: f"dossier-{n}")
    introduction = "Ce que l’on sait, et ce que l’on cherche encore."
    published_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def items(self, _create, things, **_options):
        """Put the things into places 1, 2, 3…"""
        for position, thing in enumerate(things or (), start=1):
            place(self, position, thing)


def place(dossier, position, thing, heading=""):
    """Put an article or a poll at a position of a dossier and return the place."""
    kind = "poll" if hasattr(thing, "opens_at") else "article"
    return DossierItem.objects.create(dossier=dossier, position=position, heading=heading, **{kind: thing})
