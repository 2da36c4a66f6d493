"""Feeds: absolute addresses, standfirsts only, nothing that is not public."""

from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from articles.models import Author

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _address(settings):
    settings.SITE_URL = "https://observance.example"


def items(response):
    assert response.status_code == 200
    return ET.fromstring(response.content).findall("channel/item")  # noqa: S314 - our own output


def test_rss_has_title_standfirst_and_absolute_address(client, new_article, new_specialty):
    new_article(
        "Angine", "<p>Le texte.</p>", slug="angine", standfirst="Le chapô.", primary_specialty=new_specialty("ORL")
    )

    (item,) = items(client.get("/flux/articles.rss"))

    assert item.findtext("title") == "Angine"
    assert item.findtext("description") == "Le chapô."
    assert item.findtext("link") == "https://observance.example/articles/angine/"
    assert item.findtext("guid") == "https://observance.example/articles/angine/"
    assert item.findtext("category") == "ORL"


def test_atom_names_itself_and_its_entries_absolutely(client, new_article):
    new_article("Angine", slug="angine")

    feed = ET.fromstring(client.get("/flux/articles.atom").content)  # noqa: S314 - our own output

    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "https://observance.example/flux/articles.atom"
    assert feed.find(f"{ATOM}entry/{ATOM}link").get("href") == "https://observance.example/articles/angine/"


def test_json_feed_holds_what_version_1_1_asks_for(client, new_article, new_tag):
    new_article("Angine", slug="angine", standfirst="Le chapô.", tags=[new_tag("gorge")])

    response = client.get("/flux/articles.json")
    feed = response.json()

    assert response["Content-Type"] == "application/feed+json; charset=utf-8"
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://observance.example/flux/articles.json"
    (item,) = feed["items"]
    assert item["url"] == item["id"] == "https://observance.example/articles/angine/"
    assert item["content_text"] == "Le chapô."
    assert item["tags"] == ["gorge"]


def test_feeds_of_specialty_tag_author_and_selection_hold_their_articles_alone(
    client,
    new_article,
    new_specialty,
    new_tag,
    select,
):
    specialty, tag = new_specialty("Cardiologie"), new_tag("rythme")
    author = Author.objects.create(name="Marielle Ammouche", slug="ammouche", civility="Dre")
    article = new_article("Palpitations", primary_specialty=specialty, tags=[tag])
    article.authors.add(author)
    select("redaction", [article])
    new_article("Autre chose")

    for address in (
        f"/flux/specialites/{specialty.slug}.rss",
        f"/flux/themes/{tag.slug}.rss",
        "/flux/auteurs/ammouche.rss",
        "/flux/selections/redaction.rss",
    ):
        assert [item.findtext("title") for item in items(client.get(address))] == ["Palpitations"]


def test_a_selection_keeps_the_editors_order(client, new_article, select):
    first, second = new_article("Premier"), new_article("Second")
    select("redaction", [second, first])

    titles = [item.findtext("title") for item in items(client.get("/flux/selections/redaction.rss"))]

    assert titles == ["Second", "Premier"]


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["specialites", "themes", "auteurs", "selections"])
def test_a_feed_of_nothing_that_exists_is_not_found(client, kind):
    assert client.get(f"/flux/{kind}/rien.rss").status_code == 404


def test_the_podcast_feed_holds_public_sound_files(client, new_article, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    public = new_article("À écouter", format="podcast", audio_seconds=90)
    public.audio.save("son.mp3", ContentFile(b"12345"))
    reserved = new_article("Entre nous", format="podcast", audience="professionals")
    reserved.audio.save("reserve.mp3", ContentFile(b"12345"))
    new_article("Sans son", format="podcast")

    (item,) = items(client.get("/flux/podcast.rss"))

    enclosure = item.find("enclosure")
    assert enclosure.get("url").startswith("https://observance.example/media/audio/")
    assert (enclosure.get("length"), enclosure.get("type")) == ("5", "audio/mpeg")


def test_a_sound_file_that_is_missing_does_not_break_the_feed(client, new_article, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    new_article("Perdu", format="podcast", audio="audio/perdu.mp3")

    (item,) = items(client.get("/flux/articles.rss"))

    assert item.find("enclosure") is None


def test_debates_that_are_open_to_readers_are_in_their_feed(client, new_debate):
    debate = new_debate("Ouvert ?")
    new_debate("Demain ?", opens_at=timezone.now() + timedelta(days=1))

    (item,) = items(client.get("/flux/debats.rss"))

    assert item.findtext("title") == "Ouvert ?"
    assert item.findtext("link") == f"https://observance.example/debats/{debate.slug}/"


@pytest.mark.parametrize("address", ["/flux/articles.rss", "/flux/articles.atom", "/flux/articles.json"])
def test_what_is_reserved_or_not_public_is_in_no_feed(client, new_article, address):
    tomorrow = timezone.now() + timedelta(days=1)
    new_article("Réservé", "<p>Secretissime.</p>", audience="professionals", standfirst="Public.")
    new_article("Brouillon", status="draft")
    new_article("Embargo", embargo_until=tomorrow)
    new_article("Demain", published_at=tomorrow)

    answer = client.get(address).content.decode()

    assert "Réservé" in answer
    assert not any(word in answer for word in ("Secretissime", "Brouillon", "Embargo", "Demain"))


@pytest.mark.parametrize("articles", [1, 3])
def test_a_feed_takes_the_same_queries_however_long(client, new_article, new_tag, articles, django_assert_num_queries):
    for number in range(articles):
        new_article(tags=[new_tag(f"thème {number}")])

    with django_assert_num_queries(3):
        client.get("/flux/articles.rss")


def test_a_control_sign_pasted_into_a_title_breaks_no_feed(client, new_article, new_debate, new_specialty):
    specialty = new_specialty("Cardio\x0blogie")
    new_article("Deux\x0blignes", standfirst="Un\x1f chapô\ufffe", primary_specialty=specialty)
    new_debate(question="Pour\x0cou contre ?")

    for address in (
        "articles.rss",
        "articles.atom",
        "articles.json",
        f"specialites/{specialty.slug}.rss",
        "debats.rss",
    ):
        assert client.get(f"/flux/{address}").status_code == 200
    assert items(client.get("/flux/articles.rss"))[0].findtext("title") == "Deux lignes"


def test_the_feed_of_a_specialty_holds_what_is_filed_there_first_of_all(client, new_article, new_specialty):
    specialty = new_specialty("Cardiologie")
    new_article("Palpitations", primary_specialty=specialty).specialties.clear()

    [item] = items(client.get(f"/flux/specialites/{specialty.slug}.rss"))

    assert item.findtext("title") == "Palpitations"
