"""Partners' feeds, read from a real server into the partner's selection."""

import threading
import time
from datetime import timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from django.db import connection
from django.utils import timezone

from articles.importing import fetching
from articles.importing.fetching import UnreachableError, fetch, is_public
from articles.importing.partner_feeds import own_id, read_feed
from articles.models import Article, PartnerFeed
from articles.publishing import unpublish
from articles.showing import shown_of
from articles.tasks import read_partner_feeds
from newsroom.celery import app
from newsroom.events.models import Event
from newsroom.scheduling.models import ScheduledAction
from tests.factories.articles import ArticleFactory, SelectionFactory
from tests.factories.selections import EditionFactory, slot

DAY = timedelta(days=1)


class Handler(BaseHTTPRequestHandler):
    """Answers what the test says, and remembers what it was asked."""

    def do_GET(self):
        said = self.server.said
        said.asked.append((self.path, dict(self.headers)))
        status, headers, body = said.answers.get(self.path, (404, {}, b""))
        if said.etag and self.headers.get("If-None-Match") == said.etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        for piece in body if isinstance(body, list) else [body]:
            try:
                self.wfile.write(piece)
                self.wfile.flush()
            except OSError:
                return
            time.sleep(said.pause)

    def log_message(self, *_anything):
        """Say nothing on the terminal."""


@pytest.fixture
def server(settings):
    """A server on this machine: ``answers`` by path, ``asked``, ``etag``, ``pause`` between pieces, ``url``."""
    settings.PARTNER_PRIVATE_HOSTS = ["127.0.0.1"]
    said = SimpleNamespace(answers={}, asked=[], etag="", pause=0)
    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    httpd.said = said
    httpd.daemon_threads = True
    said.url = f"http://127.0.0.1:{httpd.server_port}"
    thread = threading.Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    yield said
    httpd.shutdown()
    httpd.server_close()
    thread.join()


@pytest.fixture
def feed(server, db):
    """A partner's feed on the server, kept for 30 days."""
    selection = SelectionFactory(title="La Revue", is_partner=True)
    return PartnerFeed.objects.create(selection=selection, url=f"{server.url}/rss", keeps_days=30)


def rss(*stories):
    """Return an RSS file of (title, age) pairs; an age of None has no date."""
    items = "".join(
        f"<item><title>{title}</title><guid>id-{title}</guid><link>https://revue.example/{title}</link>"
        f"<description>&lt;p&gt;Texte de {title}.&lt;/p&gt;</description>"
        + (f"<pubDate>{format_datetime(timezone.now() - age)}</pubDate>" if age is not None else "")
        + "</item>"
        for title, age in stories
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Revue</title>{items}</channel></rss>'.encode()


def serve(server, *stories, **headers):
    server.answers["/rss"] = (200, {"Content-Type": "application/rss+xml", **headers}, rss(*stories))


def titles(feed):
    return [article.title for article in shown_of(feed.selection, Article.objects.all())]


def read(feed):
    read_feed(feed.pk)
    feed.refresh_from_db()


class TestReading:
    def test_stories_come_in_labelled_with_their_address_elsewhere_and_their_end_here(self, server, feed):
        serve(server, ("Ancien", 2 * DAY), ("Neuf", DAY))

        read(feed)

        article = Article.objects.get(title="Neuf")
        assert titles(feed) == ["Neuf", "Ancien"]
        assert (article.sponsor, article.format, article.is_sponsored) == ("La Revue", "partner", True)
        assert article.canonical_url == "https://revue.example/Neuf"
        assert article.unpublish_at == article.published_at + 30 * DAY
        assert ScheduledAction.objects.get(subject_id=article.pk).due_at == article.unpublish_at
        assert (feed.last_error, feed.last_fetched_at is not None) == ("", True)

    def test_only_the_newest_fourteen_are_shown(self, server, feed):
        serve(server, *((f"Titre {age:02}", age * DAY) for age in range(1, 18)))

        read(feed)

        assert titles(feed) == [f"Titre {age:02}" for age in range(1, 15)]
        assert Article.objects.count() == 17

    def test_a_new_story_takes_its_place_around_what_is_pinned_without_another_edition(self, server, feed):
        serve(server, ("Un", 2 * DAY))
        read(feed)
        edition = feed.selection.editions.get()
        slot(edition, 2, article=ArticleFactory(title="Épinglé"), is_pinned=True)
        serve(server, ("Deux", DAY), ("Un", 2 * DAY))

        read(feed)

        assert titles(feed) == ["Deux", "Épinglé", "Un"]
        assert feed.selection.editions.count() == 1

    def test_what_has_not_changed_tells_nobody(self, server, feed):
        serve(server, ("Un", DAY))
        read(feed)
        read(feed)

        assert Event.objects.filter(kind__contains="SelectionChanged").count() == 1
        assert feed.selection.editions.get().version == 1

    def test_a_story_that_is_over_or_to_come_is_not_taken_and_one_that_ends_leaves(self, server, feed, time_machine):
        serve(server, ("Vieux", 31 * DAY), ("Futur", -DAY), ("Un", 29 * DAY), ("Deux", DAY))
        read(feed)
        assert titles(feed) == ["Deux", "Un"]

        time_machine.move_to(timezone.now() + 2 * DAY)
        server.answers.clear()
        assert titles(feed) == ["Deux"]
        read(feed)

        assert feed.selection.editions.get().items.count() == 1

    def test_a_story_without_a_date_has_that_of_its_first_reading(self, server, feed, time_machine):
        serve(server, ("Sans date", None))
        read(feed)
        first = Article.objects.get().published_at
        time_machine.move_to(timezone.now() + DAY)

        read(feed)

        assert Article.objects.get().published_at == first

    def test_what_the_newsroom_unpublished_does_not_come_back(self, server, feed, chief):
        serve(server, ("Un", DAY))
        read(feed)
        unpublish(Article.objects.get(), chief)
        server.answers["/rss"] = (200, {}, rss(("Un", DAY)).replace(b"Texte", b"Autre texte"))

        read(feed)

        assert not Article.objects.get().is_released
        assert titles(feed) == []

    def test_a_partners_ids_never_meet_those_of_other_sources(self, server, feed):
        ours = ArticleFactory(title="Le nôtre", source_id="id-Un")
        serve(server, ("Un", DAY))

        read(feed)

        ours.refresh_from_db()
        assert ours.title == "Le nôtre"
        assert len(own_id(feed, "x" * 255)) <= 255
        assert own_id(feed, "x" * 255) != own_id(feed, "x" * 254 + "y")

    def test_nothing_is_fetched_twice_when_nothing_has_changed(self, server, feed):
        server.etag = '"abc"'
        serve(server, ("Un", DAY), ETag='"abc"')
        read(feed)
        read(feed)

        assert (feed.etag, feed.last_error) == ('"abc"', "")
        assert server.asked[-1][1]["If-None-Match"] == '"abc"'
        assert titles(feed) == ["Un"]

    def test_flaws_are_noted_and_the_others_taken_and_the_feed_is_read_again(self, server, feed):
        serve(server, ("", DAY), ("", DAY), ("Un", DAY), ETag='"abc"')

        read(feed)

        assert titles(feed) == ["Un"]
        assert "titre" in feed.last_error
        assert feed.last_error.endswith("et 1 autres")
        assert feed.etag == ""

    @pytest.mark.parametrize(
        ("body", "words"), [(b"Ceci n'est pas un flux.", "ni un JSON Feed"), (b"<rss><channel><item>", "XML")]
    )
    def test_a_file_that_is_no_feed_is_noted_and_what_was_shown_stays(self, server, feed, body, words):
        serve(server, ("Un", DAY))
        read(feed)
        server.answers["/rss"] = (200, {}, body)

        read(feed)

        assert words in feed.last_error
        assert titles(feed) == ["Un"]

    def test_a_story_that_the_database_refuses_is_noted_by_its_title_and_the_others_are_taken(self, server, feed):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE articles_article ADD CONSTRAINT not_this CHECK (title <> 'Refusé')")
        serve(server, ("Refusé", DAY), ("Un", DAY))

        read(feed)

        assert titles(feed) == ["Un"]
        assert feed.last_error.startswith("« Refusé » : ")

    def test_feeds_that_are_switched_off_or_of_the_newsrooms_own_are_not_read(self, server, feed):
        serve(server, ("Un", DAY))
        PartnerFeed.objects.update(is_active=False)
        read(feed)
        PartnerFeed.objects.update(is_active=True)
        feed.selection.is_partner = False
        feed.selection.save()
        read(feed)

        assert server.asked == []

    def test_the_hourly_task_has_every_feed_read(self, server, feed):
        serve(server, ("Un", DAY))

        app.conf.update(task_always_eager=True)
        try:
            read_partner_feeds()
        finally:
            app.conf.update(task_always_eager=False)

        assert titles(feed) == ["Un"]

    def test_an_edition_with_nothing_left_shows_nothing(self, feed):
        gone = ArticleFactory(status=Article.Status.UNPUBLISHED)
        EditionFactory(selection=feed.selection, articles=[gone])

        read(feed)

        assert feed.selection.editions.get().items.count() == 0
        assert "404" in feed.last_error


class TestFetching:
    def test_a_redirection_within_the_host_is_followed(self, server):
        server.answers["/a"] = (301, {"Location": "/b?x=1"}, b"")
        server.answers["/b?x=1"] = (200, {}, b"contenu")

        assert fetch(f"{server.url}/a").content == b"contenu"

    @pytest.mark.parametrize(
        ("location", "words"),
        [
            ("http://169.254.169.254/latest/", "changé de serveur"),
            ("http://127.0.0.1:1/", "changé de serveur"),
            ("file:///etc/passwd", "changé de serveur"),
            ("", "changé de serveur"),
            ("/a", "sans fin"),
        ],
    )
    def test_a_redirection_elsewhere_or_without_end_is_refused(self, server, location, words):
        server.answers["/a"] = (302, {"Location": location}, b"")

        with pytest.raises(UnreachableError, match=words):
            fetch(f"{server.url}/a")

    @pytest.mark.parametrize(
        "address",
        [
            "http://127.0.0.1:9/",
            "http://localhost:9/",
            "http://[::1]:9/",
            "http://[::ffff:127.0.0.1]:9/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "http://2130706433/",
        ],
    )
    def test_private_addresses_are_refused(self, settings, address):
        settings.PARTNER_PRIVATE_HOSTS = []

        with pytest.raises(UnreachableError, match="réseau privé"):
            fetch(address)

    @pytest.mark.parametrize(
        "address", ["ftp://revue.example/", "file:///etc/passwd", "http://", "http://a:b@c.example/"]
    )
    def test_what_is_no_web_address_is_refused(self, address):
        with pytest.raises(UnreachableError, match="adresse web"):
            fetch(address)

    @pytest.mark.parametrize(
        ("address", "public"),
        [
            ("192.0.2.1", False),
            ("93.184.216.34", True),
            ("2606:2800::1", True),
            ("fe80::1%eth0", False),
            ("224.0.0.1", False),
            ("2002:7f00:1::", False),
            ("::ffff:8.8.8.8", True),
        ],
    )
    def test_which_addresses_are_public(self, address, public):
        assert is_public(address) is public

    def test_a_feed_that_is_too_large_is_cut_off(self, server, monkeypatch):
        monkeypatch.setattr(fetching, "LARGEST_FEED", 1024 * 1024)
        server.answers["/a"] = (200, {}, [b"x" * 300_000] * 10)

        with pytest.raises(UnreachableError, match="1 Mo"):
            fetch(f"{server.url}/a")

    @pytest.mark.parametrize("announced", [{}, {"Content-Length": "100"}])
    def test_a_server_that_drips_is_cut_off(self, server, monkeypatch, announced):
        monkeypatch.setattr(fetching, "WHOLE_SECONDS", 0.5)
        server.pause = 0.1
        server.answers["/a"] = (200, announced, [b"x"] * 100)
        begun = time.monotonic()

        with pytest.raises(UnreachableError):
            fetch(f"{server.url}/a")

        # Whole, it would have taken ten.
        assert time.monotonic() - begun < 8

    def test_a_server_that_is_away_is_said_to_be(self, settings):
        settings.PARTNER_PRIVATE_HOSTS = ["127.0.0.1"]

        with pytest.raises(UnreachableError, match="injoignable"):
            fetch("http://127.0.0.1:1/")

    def test_over_tls_the_certificate_is_checked(self, server):
        with pytest.raises(UnreachableError, match="injoignable"):
            fetch(server.url.replace("http:", "https:"))

    def test_an_answer_other_than_a_feed_is_named(self, server):
        with pytest.raises(UnreachableError, match="404"):
            fetch(f"{server.url}/rien")
