"""The page of an article: the same bytes for everybody."""

import json
import re
from datetime import UTC, datetime
from inspect import unwrap

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Dossier, DossierItem, Reference
from articles.publishing import unpublish
from articles.relating import relate
from articles.selecting import fill
from articles.views.stories import article
from newsroom.accounts.models import User
from polls.models import Poll
from tests.factories.articles import ArticleFactory, DraftFactory, ImageFactory, SelectionFactory
from tests.factories.full_article import full_article, page_of

pytestmark = pytest.mark.django_db


def in_the_selection(*stories):
    """Put the stories into the newsroom's selection, in that order."""
    fill(SelectionFactory(slug="redaction", title="La sélection"), stories, by=User(is_superuser=True))


def test_an_article_shows_everything_in_the_order_of_reading(client):
    page = page_of(client, full_article()).partition("<body")[2]

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
        ">LinkedIn</a>",
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
    data = data[0] if isinstance(data, list) else data
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == story.title
    assert data["author"][0]["name"] == "Dre\N{NO-BREAK SPACE}Marielle Ammouche"
    assert data["mainEntityOfPage"] == "http://testserver/articles/cancers/"
    assert '<link rel="canonical" href="http://testserver/articles/cancers/">' in page
    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:image" content="http://testserver/' in page


def test_a_title_cannot_end_the_block_for_machines(client):
    story = ArticleFactory(title="</script><script>alert(1)</script>")

    page = page_of(client, story)

    assert "<script>alert" not in page
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert (data[0] if isinstance(data, list) else data)["headline"] == story.title


@pytest.mark.parametrize("comments", [1, 200])
def test_the_page_costs_twelve_queries_whatever_the_number_of_comments(rf, comments, django_assert_num_queries):
    story = full_article(comments)
    in_the_selection(story, *ArticleFactory.create_batch(2))
    relate(story.pk)
    dossier = Dossier.objects.create(title="Cancers", slug="cancers", published_at=timezone.now())
    DossierItem.objects.create(dossier=dossier, article=story)
    request = rf.get(story.get_absolute_url())

    with django_assert_num_queries(12):
        answer = unwrap(article)(request, story.slug)

    assert answer.status_code == 200


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

    assert '<audio controls preload="none" src="/media/audio/essai.mp3" aria-labelledby="ecouter"' in page
    assert "css/player.css" in page
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


def test_calls_and_references_lead_to_each_other(client):
    story = ArticleFactory(body="<p>Une étude [1], une autre [2], la première encore [1].</p>")
    for number in (1, 2):
        Reference.objects.create(article=story, position=number, text=f"Étude {number}.")

    page = page_of(client, story)

    for call, number in (("appel-1", 1), ("appel-1-2", 1), ("appel-2", 2)):
        assert page.count(f'id="{call}"') == 1
        assert f'<a id="{call}" href="#ref-{number}">{number}</a>' in page
        assert page.count(f'href="#{call}"') == 1
        assert page.count(f'id="ref-{number}"') == 1
    assert page.find('href="#appel-1-2"') < page.find('id="ref-2"')


def test_a_story_is_passed_on_without_anything_of_the_networks(client):
    story = ArticleFactory(title="Dose & durée", slug="dose")

    page = page_of(client, story)

    address = "http%3A%2F%2Ftestserver%2Farticles%2Fdose%2F"
    assert f'href="https://www.linkedin.com/sharing/share-offsite/?url={address}"' in page
    assert f'href="https://x.com/intent/post?text=Dose%20%26%20dur%C3%A9e&amp;url={address}"' in page
    assert f'href="https://wa.me/?text=Dose%20%26%20dur%C3%A9e%20{address}"' in page
    assert f'href="mailto:?subject=Dose%20%26%20dur%C3%A9e&amp;body={address}"' in page
    assert re.findall(r'<(?:script|img|iframe|link)[^>]+(?:src|href)="https?://(?!testserver)', page) == []
    for button in ("data-share", "data-copy", "data-print"):
        assert re.search(rf"<button[^>]* {button}[^>]* hidden", page)


def test_what_follows_in_the_selection_is_offered_and_nothing_after_the_last(client):
    first, hidden, last = (ArticleFactory(title=title) for title in ("Le premier", "Le caché", "Le dernier"))
    in_the_selection(first, hidden, last)
    unpublish(hidden, by=User.objects.create(email="une@example.org", is_superuser=True))

    after_first = page_of(client, first).partition('id="suivant"')[2].partition("</nav>")[0]

    assert "Le dernier" in after_first
    assert "Le caché" not in after_first
    assert 'id="suivant"' not in page_of(client, last)
    assert 'id="suivant"' not in page_of(client, ArticleFactory())


def test_paid_content_says_so_above_its_title(client):
    page = page_of(client, ArticleFactory(sponsor="Laboratoire Exemple"))

    assert -1 < page.find("Contenu partenaire") < page.find("<h1>")


def test_the_dossiers_in_which_it_stands_are_named_once_they_are_published(client):
    story = ArticleFactory()
    published = Dossier.objects.create(title="Le cœur", slug="coeur", published_at=timezone.now())
    draft = Dossier.objects.create(title="Le brouillon", slug="brouillon")
    for dossier in (published, draft):
        DossierItem.objects.create(dossier=dossier, article=story)

    page = page_of(client, story)

    assert f'<a href="{published.get_absolute_url()}">Le cœur</a>' in page
    assert "Le brouillon" not in page
