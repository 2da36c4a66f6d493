"""Stories to fill a front page with."""

from datetime import timedelta
from itertools import count

import pytest
from django.utils import timezone

from articles.models import Article, Author, Byline, Image, Selection
from articles.selecting import fill
from debates.models import Debate
from newsroom.accounts.models import User
from newsroom.core.rendering import render_article
from newsroom.discussions.opening import open_thread, show_from
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Choice, Poll

numbers = count(1)


@pytest.fixture
def new_article(db):
    """Return a maker of articles, published unless told otherwise, each newer than the one before."""

    def make(title="Un titre", body="", tags=(), **fields):
        number = next(numbers)
        slug = fields.pop("slug", f"article-{number}")
        article = Article.objects.create(
            **{
                "title": title,
                "slug": slug,
                "body": body,
                "body_html": render_article(body),
                "thread": open_thread(title, f"/articles/{slug}/", opens_at=None),
                "status": Article.Status.PUBLISHED,
                "published_at": timezone.now() - timedelta(hours=1) + timedelta(milliseconds=number),
                **fields,
            },
        )
        show_from(article.thread, article.public_from)
        article.tags.add(*tags)
        if article.primary_specialty:
            article.specialties.add(article.primary_specialty)
        return article

    return make


@pytest.fixture
def new_image(db):
    """Return a maker of library pictures."""

    def make():
        number = next(numbers)
        return Image.objects.create(
            file=f"images/{number}.webp",
            width=1200,
            height=675,
            alt="Une image",
            credit="Maison",
            digest=f"{number:064d}",
        )

    return make


@pytest.fixture
def new_specialty(db):
    """Return a maker of specialties, in order of making."""

    def make(name):
        number = next(numbers)
        return Specialty.objects.create(name=name, slug=f"specialite-{number}", position=number)

    return make


@pytest.fixture
def select(db):
    """Return what puts articles into a selection in the given order."""

    def put(slug, articles, *, is_partner=False):
        selection, _made = Selection.objects.get_or_create(
            slug=slug,
            defaults={"title": slug.capitalize(), "is_partner": is_partner},
        )
        return fill(selection, articles, by=User(is_superuser=True))

    return put


@pytest.fixture
def new_poll(db):
    """Return a maker of open consultations with two answers."""

    def make(question="Une question ?", **fields):
        number = next(numbers)
        poll = Poll.objects.create(
            **{
                "question": question,
                "slug": f"consultation-{number}",
                "opens_at": timezone.now() - timedelta(days=1),
                **fields,
            },
        )
        for position, label in enumerate(("Oui", "Non"), start=1):
            Choice.objects.create(poll=poll, label=label, position=position)
        return poll

    return make


@pytest.fixture
def new_tag(db):
    """Return a maker of tags."""
    return lambda name: Tag.objects.create(name=name)


@pytest.fixture
def new_author(db):
    """Return a maker of authors, who sign an article if one is given."""

    def make(name, signs=None, **fields):
        author = Author.objects.create(name=name, slug=f"auteur-{next(numbers)}", **fields)
        if signs:
            Byline.objects.create(article=signs, author=author)
        return author

    return make


@pytest.fixture
def new_debate(new_poll):
    """Return a maker of open debates; the fields are its poll's."""

    def make(question="Faut-il ?", **fields):
        poll = new_poll(question, is_part_of_debate=True, **fields)
        thread = open_thread(question, f"/debats/{poll.slug}/", opens_at=poll.opens_at)
        return Debate.objects.create(slug=poll.slug, poll=poll, thread=thread)

    return make


@pytest.fixture
def busy_specialty(new_article, new_image, new_specialty, new_tag, select):
    """Return a maker of a specialty with stories for every block; the first one fills the newsroom's selection."""

    def make(number):
        specialty = new_specialty(f"Spécialité {number}")
        chosen = new_article(
            "Choisi", image=new_image(), primary_specialty=specialty, tags=[new_tag(f"thème {number}")]
        )
        chosen.thread.comment_count = 5
        chosen.thread.save()
        select(f"redaction-{number}" if number else "redaction", [chosen])
        select(f"partenaire-{number}", [new_article("Au partenaire")], is_partner=True)
        for _story in range(8):
            new_article("Nouvelle", primary_specialty=specialty)
        for _podcast in range(2):
            new_article("Podcast", format="podcast", primary_specialty=specialty)

    return make


@pytest.fixture
def full_house(busy_specialty, new_debate, new_poll):
    """Return what fills every block of the page with one more item."""
    filled = count()

    def fill():
        number = next(filled)
        busy_specialty(number)
        new_debate(f"Débat {number} ?")
        new_poll(f"Consultation {number} ?")

    return fill
