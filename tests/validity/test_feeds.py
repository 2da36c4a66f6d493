"""Every feed as a reader's own program reads it: nothing that it has to guess, and the same items in every format."""

from calendar import timegm
from datetime import datetime

import feedparser
import pytest

from tests.frontpage.feed_rules import checked_atom, checked_json, checked_podcast, checked_rss

pytestmark = pytest.mark.django_db

VERSIONS = {"rss": "rss20", "atom": "atom10"}
CHECKED = {"rss": checked_rss, "atom": checked_atom}
LISTS = (
    *("articles", "debats", "corrections", "specialites/cardiologie", "themes/rythme", "auteurs/{author}"),
    *("selections/redaction", "selections/revue", "selections/vide", "specialites/geriatrie"),
)
EMPTY = {"selections/vide", "specialites/geriatrie"}


def parsed(client, address):
    """Return a feed as feedparser reads it, which found nothing wrong with it: neither its XML nor how it is sent."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    feed = feedparser.parse(answer.content, response_headers={"content-type": answer["Content-Type"]})
    assert not feed.bozo, f"{address}: {feed.get('bozo_exception')}"
    assert feed.encoding == "utf-8"
    return feed


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_every_list_is_a_feed_that_says_the_same_as_its_json(client, house, ending):
    for name in LISTS:
        address = f"/flux/{name.format(author=house.author.slug)}"
        feed = parsed(client, f"{address}.{ending}")
        told = checked_json(client.get(f"{address}.json").content)

        assert feed.version == VERSIONS[ending]
        assert (feed.feed.title, feed.feed.link) == (told["title"], told["home_page_url"])
        assert feed.feed.language == told["language"] == "fr"
        assert feed.feed.updated_parsed
        assert {link.href for link in feed.feed.links if link.rel == "self"} == {f"http://testserver{address}.{ending}"}
        assert [facts_of(entry) for entry in feed.entries] == [facts_in_json(item) for item in told["items"]], address
        assert bool(feed.entries) is (name not in EMPTY)
        CHECKED[ending](client.get(f"{address}.{ending}").content)


def facts_of(entry):
    """Return what an entry must say."""
    assert entry.links
    return (
        entry.id,
        entry.link,
        entry.title,
        timegm(entry.published_parsed),
        [one.term for one in entry.get("tags", [])],
    )


def facts_in_json(item):
    published = int(datetime.fromisoformat(item["date_published"]).timestamp())
    return item["id"], item["url"], item["title"], published, item.get("tags", [])


@pytest.mark.parametrize("ending", ["rss", "atom"])
def test_an_entry_has_summary_text_signature_and_picture(client, house, ending):
    feed = parsed(client, f"/flux/articles.{ending}")

    (entry,) = [one for one in feed.entries if one.link.endswith(house.story.get_absolute_url())]

    assert entry.summary == house.story.standfirst
    assert "<h2>Ce que l’étude montre</h2>" in entry.content[-1].value
    assert [author.name for author in entry.authors] == [
        "Dre\N{NO-BREAK SPACE}Marielle Ammouche",
        "Dr\N{NO-BREAK SPACE}Paul Martin",
    ]
    assert entry.media_content[0]["url"].startswith("http://testserver/media/renditions/")
    (sound,) = [link for one in feed.entries for link in one.links if link.rel == "enclosure"]
    assert (sound["type"], int(sound["length"])) == ("audio/mpeg", house.podcast.audio.size)


def test_the_podcast_is_one_that_players_read(client, house):
    feed = parsed(client, "/flux/podcast.rss")
    (episode,) = feed.entries
    (sound,) = episode.enclosures

    assert feed.version == "rss20"
    assert feed.feed.image.href.endswith("img/podcast.png")
    assert feed.feed.publisher_detail.email
    assert {tag.term for tag in feed.feed.tags} >= {"Health & Fitness", "Medicine"}
    assert feed.feed.itunes_type == "episodic"
    assert (episode.title, episode.itunes_duration, episode.itunes_episode) == (house.podcast.title, "90", "1")
    assert episode.itunes_episodetype == "full"
    assert episode.podcast_chapters["type"] == "application/json+chapters"
    assert episode.podcast_transcript["type"] == "text/plain"
    assert (sound.type, int(sound.length)) == ("audio/mpeg", house.podcast.audio.size)
    assert episode.published_parsed
    checked_podcast(client.get("/flux/podcast.rss").content)
