"""The page of an article: the same bytes for everybody."""

import json
import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from articles.models import Article
from articles.publishing import unpublish
from polls.models import Poll
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory
from tests.factories.full_article import full_article, page_of

pytestmark = pytest.mark.django_db


def test_an_article_shows_everything_in_the_order_of_reading(client):
    page = page_of(client, full_article())

    order = [
        'aria-label="Fil d’Ariane"',
        'href="/specialites/cancerologie/"',
        "<h1>Cancers\N{NO-BREAK SPACE}: ce qui change</h1>",
        'class="chapo"',
        "Par",
        "Marielle Ammouche</a>",
        "Paul Martin</a>",
        "<time datetime=",
        "de lecture",
        "Mis à jour le",
        'href="#commentaires"',
        "<figcaption>Des cellules. Crédit\N{NO-BREAK SPACE}: AFP</figcaption>",
        "L’essentiel",
        "<li>Un autre</li>",
        "Le premier paragraphe répond",
        "La dose était fausse.",
        'href="https://doi.org/10.5555/12345678"',
        "Liens d’intérêts de",
        ">Innovation</a>",
        'id="debat-t"',
        'id="commentaires"',
        "À lire aussi",
        "Et vous\N{NARROW NO-BREAK SPACE}?",
        "Partenaire",
    ]
    places = [page.find(piece) for piece in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_two_authors_are_joined_by_and(client):
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page_of(client, full_article())))

    assert "Par Dre Marielle Ammouche et Dr Paul Martin" in page.replace("\N{NO-BREAK SPACE}", " ")


def test_machines_read_the_article_too(client):
    story = full_article()
    page = page_of(client, story)

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(block[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == story.title
    assert data["author"][0]["name"] == "Dre\N{NO-BREAK SPACE}Marielle Ammouche"
    assert data["mainEntityOfPage"] == "http://testserver/articles/cancers/"
    assert '<link rel="canonical" href="http://testserver/articles/cancers/">' in page
    assert '<meta property="og:type" content="article">' in page
    assert f'<meta property="og:image" content="http://testserver{story.image.url}">' in page


def test_a_title_cannot_end_the_block_for_machines(client):
    story = ArticleFactory(title="</script><script>alert(1)</script>")

    page = page_of(client, story)

    assert "<script>alert" not in page
    assert json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])["headline"] == story.title


@pytest.mark.parametrize("comments", [1, 200])
def test_the_page_costs_thirteen_queries_whatever_the_number_of_comments(client, comments, django_assert_num_queries):
    story = full_article(comments)

    with django_assert_num_queries(13):
        page_of(client, story)


def test_everybody_gets_the_same_bytes(client, browser_of, camille, chief):
    story = full_article(comments=2)

    pages = {page_of(browser, story) for browser in (client, browser_of(camille), browser_of(chief), client)}

    assert len(pages) == 1


@pytest.mark.parametrize(
    "name",
    ["articles:list", "articles:specialties", "articles:article", "articles:tag", "articles:author"],
)
def test_public_pages_look_at_no_session_and_set_no_cookie(client, name):
    story = full_article()
    owners = {
        "articles:article": story.slug,
        "articles:tag": "innovation",
        "articles:author": story.bylines.first().author.slug,
    }

    answer = client.get(reverse(name, args=[owners[name]] if name in owners else []))

    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_podcast_has_a_player_and_its_length(client):
    story = ArticleFactory(format=Article.Format.PODCAST, audio="audio/essai.mp3", audio_seconds=1440)

    page = page_of(client, story)

    assert '<audio class="mt4" controls preload="none" src="/media/audio/essai.mp3">' in page
    assert "24\N{NARROW NO-BREAK SPACE}min" in page


def test_a_decorative_image_has_an_empty_alternative(client):
    story = ArticleFactory(image=ImageFactory(alt="Inutile", is_decorative=True))

    assert 'alt=""' in page_of(client, story)


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": datetime(2126, 1, 1, 8, tzinfo=UTC)},
        {"embargo_until": datetime(2126, 1, 1, 8, tzinfo=UTC)},
    ],
)
def test_what_is_still_to_come_is_nowhere(client, fields):
    story = ArticleFactory(title="Chose secrète", **fields)
    story.tags.add("secret")
    owner = story.bylines.get().author

    assert client.get(story.get_absolute_url()).status_code == 404
    assert client.get(story.tags.get().get_absolute_url()).status_code == 404
    assert client.get(owner.get_absolute_url()).status_code == 404
    for address in (reverse("articles:list"), story.primary_specialty.get_absolute_url()):
        assert "Chose secrète" not in client.get(address).content.decode()


def test_a_draft_is_not_there_and_a_withdrawn_article_is_gone(client, chief):
    draft, story = DraftFactory(), ArticleFactory()
    unpublish(story, by=chief)

    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(story.get_absolute_url()).status_code == 410


def test_the_second_page_of_a_thread_has_an_address(client):
    story = full_article(comments=21)

    first = page_of(client, story)
    second = client.get(story.get_absolute_url(), {"page": 2}).content.decode()
    oldest = client.get(story.get_absolute_url(), {"tri": "anciens"}).content.decode()

    assert "Message 20" in first
    assert "Message 0<" not in first
    assert f'data-thread="{story.thread_id}"' in first
    assert re.search(r'<body[^>]* data-debate="\d+" data-poll="\d+"', first)
    assert "Message 0<" in second
    assert "Message 0<" in oldest
    assert client.get(story.get_absolute_url(), {"page": 3}).status_code == 404


def test_a_poll_that_is_not_open_yet_is_not_shown(client):
    story = ArticleFactory(poll=Poll.objects.create(question="Bientôt ?", slug="bientot"))

    assert "Bientôt" not in page_of(client, story)
