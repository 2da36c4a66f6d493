"""Lists of articles: latest, by specialty, tag, author, selection."""

import pytest
from django.urls import reverse

from articles.models import Article
from articles.selecting import fill
from tests.factories.articles import (
    ArticleFactory,
    AuthorFactory,
    DraftFactory,
    ImageFactory,
    SelectionFactory,
    SpecialtyFactory,
    TagFactory,
)
from tests.factories.debates import debate_of
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", ["list", "specialty", "tag", "author", "selection"])
def test_lists_cost_the_same_whatever_their_length(client, count, kind, chief, django_assert_num_queries):
    author, specialty, tag = AuthorFactory(), SpecialtyFactory(), TagFactory()
    stories = ArticleFactory.create_batch(count, image=ImageFactory(), primary_specialty=specialty, signed_by=[author])
    for story in stories:
        story.tags.add(tag)
    chosen = fill(SelectionFactory(), stories, by=chief)
    address, queries = {
        "list": (reverse("articles:list"), 3),
        "specialty": (specialty.get_absolute_url(), 4),
        "tag": (tag.get_absolute_url(), 5),
        "author": (author.get_absolute_url(), 4),
        "selection": (chosen.get_absolute_url(), 6),
    }[kind]

    with django_assert_num_queries(queries):
        page = client.get(address).content.decode()

    assert page.count('<article class="card') == count


def test_lists_are_cut_into_pages_of_twenty(client):
    specialty = SpecialtyFactory(name="Cardiologie", slug="cardiologie")
    ArticleFactory.create_batch(22, primary_specialty=specialty)
    address = specialty.get_absolute_url()

    first = client.get(address).content.decode()
    second = client.get(address, {"page": 2}).content.decode()

    assert first.count('<article class="card card--lead"') == 1
    assert first.count('<article class="card card--thumb"') == 20
    assert second.count('<article class="card card--thumb"') == 1
    assert "<title>Cardiologie —" in first
    assert "<title>Cardiologie (page 2 sur 2)" in second
    assert f'<link rel="canonical" href="http://testserver{address}">' in first
    assert f'<link rel="canonical" href="http://testserver{address}?page=2">' in second
    assert reverse("frontpage:feed-specialty", args=["cardiologie"]) in second


@pytest.mark.parametrize("page", ["0", "2", "-1", "abc", "1.5", "²", "9" * 5000])
def test_a_page_that_does_not_exist_is_not_found(client, page):
    ArticleFactory()

    assert client.get(reverse("articles:list"), {"page": page}).status_code == 404


def test_a_list_is_filtered_by_kind(client):
    ArticleFactory(title="À lire seulement")
    ArticleFactory(title="À écouter", format=Article.Format.PODCAST)
    address = reverse("articles:list")

    podcasts = client.get(address, {"format": "podcast"}).content.decode()
    articles = client.get(address, {"format": "article"}).content.decode()

    assert "À écouter" in podcasts
    assert "À lire seulement" not in podcasts
    assert "À écouter" not in articles
    assert f'href="http://testserver{address}?format=podcast"' in podcasts
    assert client.get(address, {"format": "autre"}).status_code == 404


def test_a_specialty_lists_its_debates_too(client):
    specialty, other = SpecialtyFactory(), SpecialtyFactory()
    here = debate_of(specialty=specialty)
    elsewhere = debate_of(specialty=other)
    ArticleFactory(primary_specialty=specialty, title="À lire seulement")
    address = specialty.get_absolute_url()

    page = client.get(address, {"format": "debat"}).content.decode()

    assert f'href="{address}?format=debat" aria-current="page">Débats</a>' in page
    assert here.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page
    assert "À lire seulement" not in page
    assert f'<link rel="canonical" href="http://testserver{address}?format=debat">' in page
    assert client.get(address, {"format": "debat", "page": 2}).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_debates_of_a_specialty_cost_the_same_whatever_their_number(client, count, django_assert_num_queries):
    specialty = SpecialtyFactory()
    for _one in range(count):
        debate_of(specialty=specialty)

    with django_assert_num_queries(6):
        client.get(specialty.get_absolute_url(), {"format": "debat"})


@pytest.mark.parametrize(
    ("kind", "said"),
    [("", "Aucun article"), ("podcast", "Aucun podcast"), ("debat", "Aucun débat")],
)
def test_an_empty_part_of_a_specialty_says_what_belongs_there(client, kind, said):
    page = client.get(SpecialtyFactory().get_absolute_url(), {"format": kind}).content.decode()

    assert said in page


def test_an_empty_list_says_what_belongs_there(client):
    answer = client.get(reverse("articles:list"))

    assert answer.status_code == 200
    assert "Aucun article pour le moment" in answer.content.decode()


def test_specialties_are_listed_in_the_editors_order(client):
    SpecialtyFactory(name="Zoologie", slug="z", position=1)
    SpecialtyFactory(name="Anatomie", slug="a", position=2)

    page = client.get(reverse("articles:specialties")).content.decode()

    main = page[page.find("<main") :]
    assert 0 < main.find("Zoologie") < main.find("Anatomie")


def test_a_synonym_leads_to_its_main_tag_for_good(client):
    main = TagFactory(name="infarctus")
    synonym = TagFactory(name="crise cardiaque", synonym_of=main)

    answer = client.get(synonym.get_absolute_url())

    assert (answer.status_code, answer["Location"]) == (301, "/themes/infarctus/")


def test_a_tag_nobody_published_under_is_not_there(client):
    tag = TagFactory()
    DraftFactory().tags.add(tag)

    assert client.get(tag.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(("count", "is_kept_out"), [(2, True), (3, False)])
def test_a_tag_of_fewer_than_three_articles_is_not_indexed(client, count, is_kept_out):
    tag = TagFactory(name="déserts médicaux")
    for story in ArticleFactory.create_batch(count):
        story.tags.add(tag)

    page = page_of(client, tag)

    assert ('content="noindex, follow"' in page) is is_kept_out
    assert "<h1" in page
    assert "Déserts médicaux" in page


def test_related_tags_are_links(client):
    tag = TagFactory(name="vaccins")
    ArticleFactory().tags.add(tag, "grippe")
    DraftFactory().tags.add(tag, "secret")

    page = page_of(client, tag)

    assert 'href="/themes/grippe/">Grippe</a>' in page
    assert "/themes/secret/" not in page


def test_an_author_page_shows_who_signs_and_no_address(client):
    author = AuthorFactory(name="Marielle Ammouche", role="Journaliste", interests="Aucun.", biography="Elle écrit.")
    ArticleFactory(signed_by=[author])

    page = page_of(client, author)

    for piece in ("MA</span>", "Marielle Ammouche", "Journaliste", "Elle écrit.", "Liens d’intérêts"):
        assert piece in page
    assert "mailto:" not in page


def test_an_author_of_drafts_alone_is_not_there(client):
    author = AuthorFactory()
    DraftFactory(signed_by=[author])

    assert client.get(author.get_absolute_url()).status_code == 404


def test_a_selection_keeps_its_order_and_leaves_drafts_out(client, chief):
    first, second, draft = ArticleFactory(title="Un"), ArticleFactory(title="Deux"), DraftFactory(title="Secret")
    fill(SelectionFactory(), [first, second], by=chief)
    selection = fill(SelectionFactory(), [second, draft, first], by=chief)

    page = page_of(client, selection)

    assert 0 < page.find(second.get_absolute_url()) < page.find(first.get_absolute_url())
    assert "Secret" not in page
    assert "Partenaire" not in page


def test_a_partners_selection_is_labelled(client):
    assert "Partenaire" in page_of(client, SelectionFactory(is_partner=True))


@pytest.mark.parametrize("method", ["post", "put", "delete", "trace"])
def test_pages_are_read_only(client, method):
    assert getattr(client, method)(reverse("articles:list")).status_code == 405
