"""Whether a feed has changed: ETag, Last-Modified, 304; and what is kept of it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from articles.models import Article, Author
from articles.publishing import unpublish
from newsroom.frontpage.kept_items import FeedItem, FeedMemory
from tests.frontpage.feed_rules import checked_json

FEED = "/flux/articles.json"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def etag_of(client, address=FEED):
    response = client.get(address)
    assert response.status_code == 200
    return response["ETag"]


def titles(client, address=FEED):
    return [item["title"] for item in checked_json(client.get(address).content)["items"]]


def asked_with(client, etag, address=FEED):
    return client.get(address, headers={"If-None-Match": etag})


def since(client, moment, address=FEED, **more):
    return client.get(address, headers={"If-Modified-Since": http_date(moment.timestamp()), **more})


@pytest.mark.parametrize(
    "address", ["/flux/articles.rss", "/flux/articles.atom", FEED, "/flux/debats.rss", "/flux/podcast.rss"]
)
@pytest.mark.parametrize("form", ["{}", "W/{}", '"autre", {}', "*"])
def test_who_has_the_feed_is_told_so(client, new_article, address, form):
    new_article()
    first = client.get(address)

    again = client.get(address, headers={"If-None-Match": form.format(first["ETag"])})

    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Last-Modified"] == first["Last-Modified"]
    assert again["Cache-Control"] == first["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_the_same_feed_in_other_words_has_another_tag(client, new_article):
    new_article()

    tags = {etag_of(client, f"/flux/articles.{ending}") for ending in ("rss", "atom", "json")}

    assert len(tags) == 3


def test_another_tag_gets_the_feed_whatever_the_date_says(client, new_article):
    new_article()

    response = since(client, timezone.now(), **{"If-None-Match": '"autre"'})

    assert response.status_code == 200


def test_the_date_alone_is_believed(client, new_article):
    new_article()
    with time_machine.travel(NOON + timedelta(days=300), tick=False):
        first = client.get(FEED)
    with time_machine.travel(NOON + timedelta(days=301), tick=False):
        again = client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]})
        before = since(client, NOON + timedelta(days=300, seconds=-1))
        later = since(client, NOON + timedelta(days=300, hours=3))

    assert (again.status_code, before.status_code, later.status_code) == (304, 200, 304)


@pytest.mark.parametrize("wrong", ["Fri, 01 Jan 2100 00:00:00 GMT", "hier", "", "Mon, 99 Foo 2026 99:99:99 GMT"])
def test_a_date_that_lies_hides_nothing(client, new_article, wrong):
    new_article("Nouvelle")

    response = client.get(FEED, headers={"If-Modified-Since": wrong})

    assert response.status_code == 200
    assert "Nouvelle" in response.content.decode()


@pytest.mark.parametrize("broken", ["autre", '"', ",,,", "W/", "é" * 50, '"a" ' * 2000])
def test_a_broken_tag_is_no_tag(client, new_article, broken):
    new_article()

    assert client.get(FEED, headers={"If-None-Match": broken}).status_code == 200


def test_head_answers_as_get_without_the_feed(client, new_article):
    new_article()
    got = client.get(FEED)

    head = client.head(FEED)
    known = client.head(FEED, headers={"If-None-Match": got["ETag"]})

    assert (head.status_code, head.content, known.status_code) == (200, b"", 304)
    assert {name: head[name] for name in ("ETag", "Last-Modified", "Content-Type")} == {
        name: got[name] for name in ("ETag", "Last-Modified", "Content-Type")
    }


def test_two_states_of_one_second_have_two_dates(client, new_article):
    with time_machine.travel(NOON, tick=False):
        new_article("Une", published_at=NOON - timedelta(hours=2))
        first = client.get(FEED)
        new_article("Deux", published_at=NOON - timedelta(hours=1))
        second = client.get(FEED)
    with time_machine.travel(NOON + timedelta(minutes=1), tick=False):
        asked = client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]})

    # The second would have a date to come, so it goes without.
    assert "Last-Modified" not in second
    assert asked.status_code == 200
    assert "Deux" in asked.content.decode()
    assert asked["Last-Modified"] == http_date((NOON + timedelta(seconds=1)).timestamp())


def test_a_feed_asked_for_again_is_byte_for_byte_the_same(client, new_article):
    new_article()

    assert len({client.get("/flux/articles.rss").content for _time in range(3)}) == 1


def _title(article, chief):
    article.title = "Un autre titre"
    article.save()


def _bulk(article, chief):
    Article.objects.filter(pk=article.pk).update(standfirst="Un autre chapô")


def _text(article, chief):
    article.body = "<p>Un autre texte.</p>"
    article.save()


def _audience(article, chief):
    Article.objects.filter(pk=article.pk).update(audience="professionals")


def _signature(article, chief):
    article.authors.add(Author.objects.create(name="Une autre", slug="une-autre"))


def _author(article, chief):
    Author.objects.update(name="Marielle Durand")


def _specialty(article, chief):
    article.primary_specialty.name = "Rythmologie"
    article.primary_specialty.save()


def _tag(article, chief):
    article.tags.first().delete()


def _tag_name(article, chief):
    tag = article.tags.first()
    tag.name = "Pouls"
    tag.save()


def _image(article, chief):
    article.image.credit = "Une autre agence"
    article.image.save()


def _gone(article, chief):
    unpublish(article, by=chief)


CHANGES = (_title, _bulk, _text, _audience, _signature, _author, _specialty, _tag, _tag_name, _image, _gone)


@pytest.mark.parametrize("change", CHANGES, ids=[change.__name__.strip("_") for change in CHANGES])
def test_whatever_an_item_says_changes_the_feed(client, new_article, new_image, new_specialty, new_tag, chief, change):
    fields = {"primary_specialty": new_specialty("Cardiologie"), "image": new_image(), "tags": [new_tag("rythme")]}
    article = new_article("Palpitations", "<p>Le texte.</p>", **fields)
    article.authors.add(Author.objects.create(name="Marielle Ammouche", slug="ammouche"))
    new_article("Autre chose")
    before = {ending: etag_of(client, f"/flux/articles.{ending}") for ending in ("rss", "atom", "json")}

    change(article, chief)

    for ending, etag in before.items():
        changed = asked_with(client, etag, f"/flux/articles.{ending}")
        assert changed.status_code == 200
        assert changed["ETag"] != etag


def test_what_disappears_changes_date_and_tag(client, new_article, chief):
    with time_machine.travel(NOON, tick=False):
        old = new_article("Vieille", published_at=NOON - timedelta(days=9))
        new_article("Neuve", published_at=NOON - timedelta(days=1))
        first = client.get(FEED)
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        unpublish(old, by=chief)
        again = client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]})

    assert again.status_code == 200
    assert again["ETag"] != first["ETag"]
    assert "Vieille" not in again.content.decode()
    assert again["Last-Modified"] == http_date((NOON + timedelta(hours=1)).timestamp())


@pytest.mark.parametrize("field", ["published_at", "embargo_until", "unpublish_at"])
def test_the_clock_alone_changes_a_feed(client, new_article, field):
    article = new_article("À l’heure", published_at=NOON - timedelta(days=1))
    Article.objects.filter(pk=article.pk).update(**{field: NOON})
    with time_machine.travel(NOON - timedelta(seconds=2), tick=False):
        first = client.get(FEED)
        assert asked_with(client, first["ETag"]).status_code == 304
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        dated = client.get(FEED, headers={"If-Modified-Since": first["Last-Modified"]})
        assert asked_with(client, first["ETag"]).status_code == 200

    assert dated.status_code == 200
    assert (b"heure" in dated.content) is (field != "unpublish_at")


def test_the_order_and_the_title_of_a_list_change_its_feed(client, new_article, select):
    address, one, two = "/flux/selections/redaction.json", new_article("Une"), new_article("Deux")
    selection = select("redaction", [one, two])
    first = etag_of(client, address)

    select("redaction", [two, one])
    turned = asked_with(client, first, address)
    selection.title = "À lire"
    selection.save()
    renamed = asked_with(client, turned["ETag"], address)

    assert (turned.status_code, renamed.status_code) == (200, 200)
    assert titles(client, address) == ["Deux", "Une"]


def test_a_vote_or_a_comment_changes_no_feed(client, new_article, new_debate):
    article, debate = new_article(), new_debate()
    before = [etag_of(client), etag_of(client, "/flux/debats.json")]
    article.thread.comment_count = debate.poll.vote_count = 7
    article.thread.save()
    debate.poll.save()
    article.save()

    assert [etag_of(client), etag_of(client, "/flux/debats.json")] == before


@pytest.mark.parametrize("address", [FEED, "/flux/debats.json", "/flux/corrections.json"])
def test_to_say_that_nothing_has_changed_takes_two_queries(client, new_article, new_debate, address):
    new_article()
    new_debate()
    etag = etag_of(client, address)

    with CaptureQueriesContext(connection) as queries:
        assert asked_with(client, etag, address).status_code == 304

    assert len(queries) == 2
    assert not any("INSERT" in query["sql"] or "UPDATE" in query["sql"] for query in queries)
    # Nor is an item read.
    assert not any('"json"' in query["sql"] for query in queries)


def test_items_are_written_once_and_kept(client, new_article):
    article = new_article("Angine")
    assert FeedItem.objects.get(pk=article.pk).maker == ""
    client.get(FEED)
    kept = FeedItem.objects.get(pk=article.pk)

    with CaptureQueriesContext(connection) as queries:
        client.get("/flux/articles.rss")

    assert not any("frontpage_feeditem" in query["sql"] and "UPDATE" in query["sql"] for query in queries)
    assert "Angine" in kept.rss
    assert "Angine" in kept.atom
    assert "Angine" in kept.json
    assert kept.podcast == ""


def test_items_of_another_site_are_written_anew(client, new_article, settings):
    new_article(slug="angine")
    client.get(FEED)
    settings.SITE_URL = "https://autre.example"

    [item] = checked_json(client.get(FEED).content)["items"]

    assert item["url"] == "https://autre.example/articles/angine/"


@pytest.mark.django_db(transaction=True)
def test_an_item_that_another_process_holds_is_given_without_waiting(client, new_article):
    article = new_article("Angine")
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM frontpage_feeditem WHERE article_id = %s FOR UPDATE", [article.pk])
        assert titles(client) == ["Angine"]
        assert FeedItem.objects.get(pk=article.pk).maker == ""
    finally:
        other.rollback()
        other.close()

    assert titles(client) == ["Angine"]
    assert FeedItem.objects.get(pk=article.pk).maker != ""


def test_nothing_is_remembered_of_addresses_that_lead_nowhere(client, new_article):
    new_article()
    for address in ("/flux/themes/rien.rss", "/flux/articles.xml", f"{FEED}?x=1", f"{FEED}?x=2"):
        client.get(address)

    assert FeedMemory.objects.values_list("key", flat=True).get() == f"http://testserver{FEED}"


def test_an_article_that_is_deleted_takes_its_items_along(new_article):
    article = new_article()
    assert FeedItem.objects.filter(pk=article.pk).exists()

    Article.objects.filter(pk=article.pk).delete()

    assert not FeedItem.objects.exists()
