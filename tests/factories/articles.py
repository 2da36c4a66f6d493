"""What the newsroom publishes."""

import factory
from django.utils import timezone

from articles.models import Article, Author, Byline, Image, Selection
from newsroom.discussions.models import Thread
from newsroom.taxonomy.models import Specialty, Tag


class SpecialtyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Specialty
        django_get_or_create = ("slug",)

    name = factory.Sequence(lambda n: f"Spécialité {n}")
    slug = factory.Sequence(lambda n: f"specialite-{n}")
    accent = "garance"


class TagFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tag

    name = factory.Sequence(lambda n: f"thème {n}")


class AuthorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Author

    civility = "Dre"
    name = factory.Sequence(lambda n: f"Marielle Auteure{n}")
    slug = factory.Sequence(lambda n: f"auteure-{n}")


class ImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Image

    file = factory.Sequence(lambda n: f"images/essai-{n}.webp")
    width = 1200
    height = 675
    alt = "Deux cellules sous le microscope"
    credit = "L’Observance"
    digest = factory.Sequence(lambda n: f"{n:064x}")


class DraftFactory(factory.django.DjangoModelFactory):
    """A draft that lacks nothing to be published."""

    class Meta:
        model = Article
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Article numéro {n}")
    kicker = "Pratique"
    standfirst = "Ce qui est nouveau, et pour qui."
    body = "<p>Le premier paragraphe répond aux questions simples.</p>"
    primary_specialty = factory.SubFactory(SpecialtyFactory)

    @factory.post_generation
    def signed_by(self, create, authors, **_options):
        """Sign it: by a new author, or by those given."""
        if not create:
            return
        for position, author in enumerate([AuthorFactory()] if authors is None else authors, start=1):
            Byline.objects.create(article=self, author=author, position=position)


class ArticleFactory(DraftFactory):
    """A published article with its thread, open unless date or embargo are still to come."""

    status = Article.Status.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)
    embargo_until = None
    thread = factory.LazyAttribute(
        lambda article: Thread.objects.create(
            title=article.title,
            path=f"/articles/{article.slug}/",
            opens_at=Article(
                status=article.status,
                published_at=article.published_at,
                embargo_until=article.embargo_until,
            ).public_from,
        )
    )
    slug = factory.Sequence(lambda n: f"article-numero-{n}")


class SelectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Selection

    title = factory.Sequence(lambda n: f"Sélection {n}")
    slug = factory.Sequence(lambda n: f"selection-{n}")
