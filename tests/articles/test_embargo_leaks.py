"""What readers may not know yet: no address of the site says a word of it, whoever asks."""

from datetime import timedelta
from itertools import product

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from articles.models import Article, Author, Correction, Selection
from articles.publishing import publish, reschedule
from articles.selecting import fill
from articles.writing import readdress, write
from debates.lifecycle import open_debate
from debates.models import Debate
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.posting import post
from newsroom.events.delivery import sweep
from newsroom.taxonomy.models import Specialty, Tag
from polls.models import Poll
from tests.factories.articles import (
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    ImageFactory,
    SelectionFactory,
    SpecialtyFactory,
)
from tests.test_access import OUR_ROUTES, listed

pytestmark = pytest.mark.django_db

# Stands in every text that is not public, and in nothing that a test asks for; the word is what readers look for.
MARKER, WORD = "zyxsecret", "anthropozoonose"
HOUR = timedelta(hours=1)
SIGN_IN = "/compte/connexion/"
# Pages of other people, letters and files: they are asked by tests of their own.
ELSEWHERE = ("demo:", "media", "articles:shared", "health:")
PUBLIC = [
    route
    for route in OUR_ROUTES
    if listed(route.name)[0].kind in {"all", "readers"}
    and "GET" in listed(route.name)[1]
    and not route.name.startswith(ELSEWHERE)
]


def secret(name):
    return f"{MARKER} {WORD} {name}"


def secret_content():
    """Return a content that has the marker in each of its texts."""
    texts = ("title", "short_title", "kicker", "standfirst", "key_points", "evidence_note", "sponsor", "image_alt")
    return {
        **{name: secret(name)[:60] for name in texts},
        "body": f"<p>{secret('body')}</p>",
        "canonical_url": f"https://example.org/{MARKER}",
        "tags": [secret("tag"), "partagé"],
        "bylines": [
            {
                "author": AuthorFactory(name=secret("author"), slug=f"{MARKER}-author", interests=secret("own")).pk,
                **{name: secret(name) for name in ("role", "affiliation", "interests")},
            }
        ],
        "references": [{"text": secret("reference"), "doi": "", "pmid": "", "url": ""}],
        "image": ImageFactory(alt=secret("alt"), caption=secret("caption"), credit=secret("credit")).pk,
    }


def addresses():
    """Yield every public address that there is, with what may be asked of it."""
    known = {"publie", "la-selection", "un-debat", "partage", "ancienne-adresse"}
    for model in (Article, Author, Tag, Specialty, Selection, Debate, Poll):
        slugs = list(model.objects.order_by("pk").values_list("slug", flat=True))
        known |= {*slugs[:1], *(slug for slug in slugs if MARKER in slug)}
    values = {
        "slug": sorted(known),
        "thread": list(Thread.objects.values_list("pk", flat=True)),
        "pk": list(Comment.objects.values_list("pk", flat=True)),
        "number": [1, 2],
        "name": ["charte"],
        # Of a shared picture: that of what it says now is not to be guessed, and any other leads nowhere.
        "digest": ["0" * 12],
        # Of the parts of the map, and of what is followed.
        "kind": ["articles", "auteurs", "consultations", "debats", "dossiers", "specialites", "themes"],
    }
    for route in PUBLIC:
        for given in product(*(values[name] for name in route.arguments)):
            try:
                yield reverse(route.name, kwargs=dict(zip(route.arguments, given, strict=True)))
            except NoReverseMatch:
                continue
    for words in (WORD, f"auteur {WORD}", "partagé"):
        yield f"{reverse('frontpage:search')}?q={words}"
    yield f"{reverse('articles:list')}?format=podcast"


def leaks(*readers):
    """Return each address whose answer, its headers included, tells a reader what is not public."""
    asked = [(address, reader.get(address)) for address in addresses() for reader in readers]
    return [(address, answer.status_code) for address, answer in asked if tells(answer, address)]


def tells(answer, address):
    """Say whether an answer, its headers included, tells of what is not public.

    Whoever has guessed an address is told that nothing is there, or led to sign in before he is told so.
    """
    if MARKER in address:
        return not (answer.status_code == 404 or answer.headers.get("Location", "").startswith(SIGN_IN))
    body = b"".join(answer) if answer.streaming else answer.content
    return MARKER in f"{answer.headers} {body.decode()}".casefold()


@pytest.fixture
def readers(browser_of, camille):
    return [Client(), browser_of(camille)]


@pytest.fixture
def surroundings(chief):
    """Everything that might cite an article."""
    specialty = SpecialtyFactory()
    ArticleFactory.create_batch(2, primary_specialty=specialty)
    return specialty


def cite(story, chief):
    """Put the article wherever articles are put."""
    selection = SelectionFactory(slug="la-selection", is_partner=True)
    other = ArticleFactory()
    fill(selection, [story, other], chief)
    fill(selection, [other, story], chief)
    debate = open_debate(question="Un débat ?", slug="un-debat", opens_at=timezone.now() - HOUR)
    debate.articles.add(story)


@pytest.mark.parametrize(
    ("how", "audience"), [("embargo", "public"), ("embargo", "professionals"), ("schedule", "public")]
)
def test_nothing_of_an_article_that_waits_is_said_anywhere(how, audience, readers, surroundings, chief):
    story = DraftFactory(
        slug=f"{MARKER}-adresse", primary_specialty=surroundings, audience=audience, withdrawal_notice=secret("notice")
    )
    write(story, secret_content(), by=chief)
    if how == "embargo":
        story.published_at = timezone.now() + 2 * HOUR
        story.save()
        publish(story, by=chief)
        reschedule(
            story,
            chief,
            published_at=timezone.now() - HOUR,
            embargo_until=timezone.now() + HOUR,
            unpublish_at=None,
        )
    else:
        publish(story, by=chief, at=timezone.now() + HOUR)
    Correction.objects.create(article=story, text=secret("correction"))
    cite(story, chief)
    sweep()

    assert leaks(*readers) == []


def test_nothing_of_a_working_version_is_said_anywhere(readers, surroundings, chief):
    story = ArticleFactory(slug="publie", primary_specialty=surroundings)
    cite(story, chief)
    write(story, secret_content(), by=chief)
    sweep()

    assert story.is_modified
    assert leaks(*readers) == []


def test_an_embargo_that_comes_late_hides_article_thread_and_comments_at_once(readers, surroundings, chief, camille):
    story = DraftFactory(slug=f"{MARKER}-adresse", primary_specialty=surroundings)
    write(story, secret_content(), by=chief)
    publish(story, by=chief)
    cite(story, chief)
    post(story.thread, text=secret("comment"), by=camille)
    assert leaks(readers[0])

    reschedule(story, chief, published_at=None, embargo_until=timezone.now() + HOUR, unpublish_at=None)

    assert leaks(readers[0]) == []


def test_an_address_that_changed_before_readers_knew_it_leads_nowhere(readers, chief):
    story = DraftFactory(slug="ancienne-adresse")
    publish(story, by=chief, at=timezone.now() + HOUR)

    readdress(story, f"{MARKER}-adresse", chief)

    assert [reader.get("/articles/ancienne-adresse/").status_code for reader in readers] == [404, 404]


def test_what_was_never_public_is_not_announced_as_withdrawn(client):
    """An end that comes before the beginning: the article was to be seen never, and its address says nothing of it."""
    now = timezone.now()
    story = ArticleFactory(published_at=now - 2 * HOUR, embargo_until=now + HOUR, unpublish_at=now - HOUR)

    assert client.get(story.get_absolute_url()).status_code == 404


def test_the_page_of_an_author_or_tag_of_whom_all_waits_is_that_of_none(client, chief):
    story = DraftFactory(slug="cache")
    write(story, secret_content(), by=chief)
    publish(story, by=chief, at=timezone.now() + HOUR)
    tag, author = Tag.objects.get(name=secret("tag")), Author.objects.get(slug=f"{MARKER}-author")

    paths = [tag.get_absolute_url(), author.get_absolute_url()]
    paths += [reverse("frontpage:feed-tag", args=[tag.slug]), reverse("frontpage:feed-author", args=[author.slug])]

    assert [client.get(path).status_code for path in paths] == [404] * 4
