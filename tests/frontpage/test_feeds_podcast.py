"""The podcast: what Apple asks for, what Podcasting 2.0 names, real lengths, lasting numbers."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles.models import Article, Author
from newsroom.frontpage.kept_items import FeedItem
from tests.frontpage.feed_rules import ITUNES, PODCAST, checked_json, checked_podcast

SITE = "https://observance.example"


@pytest.fixture(autouse=True)
def _place(settings, tmp_path):
    settings.SITE_URL = SITE
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def new_podcast(new_article):
    """Return a maker of podcasts with a sound file of five bytes."""

    def make(title="À écouter", name="son.mp3", **fields):
        article = new_article(title, format="podcast", audio_seconds=90, **fields)
        article.audio.save(name, ContentFile(b"12345"))
        return article

    return make


def episodes(client):
    return checked_podcast(client.get("/flux/podcast.rss").content).findall("item")


@pytest.mark.django_db
def test_a_podcast_without_an_episode_is_a_podcast(client, settings):
    settings.PODCAST_EMAIL = "podcast@observance.example"

    channel = checked_podcast(client.get("/flux/podcast.rss").content)

    assert channel.findall("item") == []
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == "podcast@observance.example"
    assert channel.find(f"{PODCAST}locked").get("owner") == "podcast@observance.example"
    assert channel.findtext("link") == f"{SITE}/articles/?format=podcast"


def test_the_name_of_the_podcast_is_the_one_that_its_address_gives_it(client, db):
    # uuid5 of "observance.example/flux/podcast.rss" in the namespace of the specification.
    channel = checked_podcast(client.get("/flux/podcast.rss").content)

    assert channel.findtext(f"{PODCAST}guid") == "f7886447-3767-5fae-a926-3c2a663dd8d4"


def test_an_episode_has_its_sound_with_its_length(client, new_podcast):
    article = new_podcast(standfirst="Le chapô.")
    article.authors.add(Author.objects.create(name="Marielle Ammouche", slug="ammouche"))

    (item,) = episodes(client)
    (told,) = checked_json(client.get("/flux/articles.json").content)["items"]

    enclosure = item.find("enclosure")
    assert enclosure.get("url").startswith(f"{SITE}/media/audio/")
    assert (enclosure.get("length"), enclosure.get("type")) == ("5", "audio/mpeg")
    assert item.findtext(f"{ITUNES}duration") == "90"
    assert item.findtext(f"{ITUNES}author") == "Marielle Ammouche"
    assert item.findtext("guid") == f"tag:observance.example,2026:articles/{article.pk}"
    assert told["attachments"] == [
        {"url": enclosure.get("url"), "mime_type": "audio/mpeg", "size_in_bytes": 5, "duration_in_seconds": 90}
    ]


@pytest.mark.parametrize(("name", "kind"), [("a.m4a", "audio/x-m4a"), ("a.ogg", "audio/ogg"), ("a.MP3", "audio/mpeg")])
def test_a_sound_has_the_type_that_directories_know(client, new_podcast, name, kind):
    new_podcast(name=name)

    assert episodes(client)[0].find("enclosure").get("type") == kind


def test_what_is_reserved_lost_or_not_heard_is_no_episode(client, new_article, new_podcast):
    new_podcast("Public")
    new_podcast("Entre nous", audience="professionals")
    new_podcast("Entre lecteurs", audience="registered")
    new_podcast("Demain", published_at=timezone.now() + timedelta(days=1))
    new_article("Sans son", format="podcast")
    new_article("Perdu", format="podcast", audio="audio/perdu.mp3")

    assert [item.findtext("title") for item in episodes(client)] == ["Public"]


def test_a_sound_file_that_is_missing_does_not_break_other_feeds(client, new_article):
    new_article("Perdu", format="podcast", audio="audio/perdu.mp3")

    (item,) = checked_json(client.get("/flux/articles.json").content)["items"]

    assert "attachments" not in item


def test_episodes_are_numbered_in_the_order_of_publication_and_keep_their_number(client, new_podcast):
    first, second = new_podcast("Un"), new_podcast("Deux")
    numbers = [item.findtext(f"{ITUNES}episode") for item in episodes(client)]
    first.delete()
    new_podcast("Trois")
    second.title = "Deux, mieux dit"
    second.save()

    after = {item.findtext("title"): item.findtext(f"{ITUNES}episode") for item in episodes(client)}

    assert numbers == ["2", "1"]
    assert after == {"Trois": "3", "Deux, mieux dit": "2"}


def test_a_podcast_to_come_has_no_number_yet(client, new_podcast):
    new_podcast("Public")
    secret = new_podcast("Secret", embargo_until=timezone.now() + timedelta(days=1))

    episodes(client)

    assert FeedItem.objects.get(pk=secret.pk).episode is None


def test_chapters_and_words_are_given_beside_an_episode(client, new_podcast):
    words = {"chapter_lines": "00:00 Bonjour\n01:05 Le dépistage", "transcript": "Anne : Bonjour.\n\nPaul : Merci."}
    article = new_podcast(**words)

    (item,) = episodes(client)
    chapters, transcript = item.find(f"{PODCAST}chapters"), item.find(f"{PODCAST}transcript")
    listed = client.get(chapters.get("url").removeprefix(SITE))
    said = client.get(transcript.get("url").removeprefix(SITE))

    assert (chapters.get("type"), transcript.get("type")) == ("application/json+chapters", "text/plain")
    assert listed["Content-Type"] == "application/json+chapters"
    assert listed.json() == {
        "version": "1.2.0",
        "title": article.title,
        "podcastUrl": f"{SITE}/articles/{article.slug}/",
        "chapters": [{"startTime": 0, "title": "Bonjour"}, {"startTime": 65, "title": "Le dépistage"}],
    }
    assert said["Content-Type"] == "text/plain; charset=utf-8"
    assert said.content.decode() == "Anne : Bonjour.\n\nPaul : Merci.\n"


def test_an_episode_without_chapters_and_words_names_neither(client, new_podcast):
    article = new_podcast()

    (item,) = episodes(client)

    assert item.find(f"{PODCAST}chapters") is None
    assert item.find(f"{PODCAST}transcript") is None
    for part in ("chapitres.json", "transcription.txt"):
        assert client.get(f"/flux/podcast/{article.pk}/{part}").status_code == 404


@pytest.mark.parametrize("part", ["chapitres.json", "transcription.txt"])
@pytest.mark.parametrize(
    "fields",
    [
        {"audience": "professionals"},
        {"audience": "registered"},
        {"status": "draft"},
        {"embargo_until": timezone.now() + timedelta(days=400)},
    ],
)
def test_chapters_and_words_of_what_is_not_for_everybody_are_not_there(client, new_podcast, part, fields):
    article = new_podcast(chapter_lines="00:00 Secret", transcript="Secret", **fields)

    assert client.get(f"/flux/podcast/{article.pk}/{part}").status_code == 404
    assert client.get(f"/flux/podcast/{10**30}/{part}").status_code == 404


@pytest.mark.parametrize("field", ["chapter_lines", "transcript"])
def test_new_words_of_a_sound_change_the_podcast(client, new_podcast, field):
    article = new_podcast()
    etag = client.get("/flux/podcast.rss")["ETag"]
    Article.objects.filter(pk=article.pk).update(**{field: "00:00 Bonjour"})

    assert client.get("/flux/podcast.rss")["ETag"] != etag


def test_the_cover_is_as_large_as_directories_ask(client, db, settings):
    image = checked_podcast(client.get("/flux/podcast.rss").content).find(f"{ITUNES}image").get("href")

    with Image.open(settings.ROOT / "newsroom/static/img/podcast.png") as cover:
        assert (cover.size, cover.mode) == ((1400, 1400), "RGB")
    assert image == f"{SITE}/static/img/podcast.png"
