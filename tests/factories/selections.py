"""Selections as they are stored, whatever the verbs would say."""

import factory
from django.utils import timezone

from articles.models import SelectionEdition, SelectionItem
from tests.factories.articles import SelectionFactory


class EditionFactory(factory.django.DjangoModelFactory):
    """An edition that started now; ``articles`` in its slots. Without a start it is being composed."""

    class Meta:
        model = SelectionEdition
        skip_postgeneration_save = True

    selection = factory.SubFactory(SelectionFactory)
    number = factory.Sequence(lambda n: n + 1)
    starts_at = factory.LazyFunction(timezone.now)
    published_at = factory.LazyAttribute(lambda edition: edition.starts_at)

    @factory.post_generation
    def articles(self, _create, articles, **_options):
        """Put the articles into the first slots."""
        for position, article in enumerate(articles or (), start=1):
            slot(self, position, article=article)


def slot(edition, position, **fields):
    """Put a slot into an edition and return it."""
    return SelectionItem.objects.create(edition=edition, position=position, **fields)
