"""Consultations."""

import datetime as dt

import factory
from django.utils import timezone

from polls.models import Choice, Poll


class PollFactory(factory.django.DjangoModelFactory):
    """A consultation open to every member since yesterday; ``choices=[...]`` names its answers."""

    class Meta:
        model = Poll
        skip_postgeneration_save = True

    question = factory.Sequence(lambda n: f"Que faites-vous le mercredi n° {n} ?")
    slug = factory.Sequence(lambda n: f"le-mercredi-{n}")
    opens_at = factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))

    @factory.post_generation
    def choices(self, _create, labels, **_options):
        for position, label in enumerate(labels or ("Des visites", "Des consultations", "Rien"), start=1):
            Choice.objects.create(poll=self, label=label, position=position)


def closed(**fields):
    """Return a consultation that was open for a day and is closed since an hour ago."""
    now = timezone.now()
    return PollFactory(opens_at=now - dt.timedelta(days=1), closes_at=now - dt.timedelta(hours=1), **fields)
