"""What is measured, by area."""

import json
import subprocess
import sys
import tempfile
import threading
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from newsroom.accounts.models import User
from newsroom.discussions import opening, posting, reading
from newsroom.events import delivery
from newsroom.events.models import Event
from newsroom.events.recording import record
from polls.models import Choice, Poll
from polls.voting import vote
from tests.bench.audience import most_read_articles
from tests.bench.behind_nginx import pages_behind_nginx
from tests.bench.desk import many_years
from tests.bench.first_view import first_views
from tests.bench.joined import joined_pages
from tests.bench.lists import lists
from tests.bench.measuring import at_least, at_most, children_peak_mb, median_cpu_ms, per_second
from tests.bench.scheduling import scheduled_effects
from tests.bench.search import searches
from tests.bench.serving import kept_pages
from tests.bench.site_machines import machines
from tests.events.fakes import SomethingHappened
from tests.factories.accounts import PhysicianFactory
from tests.factories.articles import ArticleFactory
from tests.factories.discussions import many_conversations

ROOT = Path(__file__).resolve().parents[2]
TEXT = "Un avis mesuré, avec assez de mots pour ressembler à un vrai commentaire de médecin. " * 3


def grown_thread(conversations):
    """Return a thread with that many conversations, each with the card of a real comment, and one reply."""
    thread = opening.open_thread("Un fil", "/articles/x/", opens_at=timezone.now())
    many_conversations(thread, conversations)
    comment = posting.bring_in(thread, text=TEXT, author_name="Dre Camille R.", at=timezone.now())
    posting.bring_in(thread, text=TEXT, author_name="Dr Paul S.", at=timezone.now(), parent=comment)
    thread.comments.update(card=comment.card)
    return thread


def discussions():
    """A page of a thread of 10,000 conversations costs what a page of 50 does."""
    small, large = grown_thread(50), grown_thread(10_000)
    small_ms = median_cpu_ms(lambda: str(reading.conversations(small).html), times=101)
    large_ms = median_cpu_ms(lambda: str(reading.conversations(large).html), times=101)
    yield at_most("discussions.thread_10000_over_50", large_ms / small_ms, "ratio", 1.5)
    yield at_most("discussions.thread_10000_cpu", large_ms, "ms", 20)


def site():
    """The article page with 200 comments."""
    article = ArticleFactory()
    with transaction.atomic():
        for number in range(200):
            posting.bring_in(article.thread, text=f"Message {number}", author_name="Anne", at=timezone.now())
    client = Client()
    yield at_most("site.article_cpu", median_cpu_ms(lambda: client.get(article.get_absolute_url())), "ms", 60)
    yield from kept_pages()
    yield from first_views()
    yield from joined_pages()
    yield from pages_behind_nginx()
    yield from machines()
    # Last: it leaves 100,000 articles behind.
    yield from lists()


def polls():
    """Votes by eight readers' connections at once, on one poll; counted exactly."""
    poll = Poll.objects.create(question="?", slug="bench", opens_at=timezone.now())
    choices = [Choice.objects.create(poll=poll, label=str(n), position=n) for n in (1, 2)]
    voters = [PhysicianFactory() for _one in range(400)]

    def cast(part):
        for number, voter in enumerate(part):
            vote(poll, choices[number % 2], voter)
        connection.close()

    def all_vote():
        threads = [threading.Thread(target=cast, args=(voters[start::8],)) for start in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        poll.refresh_from_db()
        return poll.vote_count

    yield at_least("polls.votes_per_s", per_second(all_vote), "1/s", 100)
    yield at_least("polls.votes_counted", poll.vote_count, "votes", 400)


def notifications():
    """Events delivered by one sweeper."""
    settings.EVENT_LISTENERS = "tests.events.fakes.LISTENERS"
    with transaction.atomic():
        for number in range(1000):
            record(SomethingHappened(number=number))
    Event.objects.update(next_attempt_at=timezone.now() - timedelta(seconds=1))

    def sweep_all():
        done = 0
        while count := delivery.sweep():
            done += count
        return done

    yield at_least("notifications.outbox_events_per_s", per_second(sweep_all), "1/s", 50)
    User.objects.filter(email__startswith="effet-").delete()


def desk():
    """The memory of importing a file of 200 MB (a dry run: the reading and the writing are the same)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feed.json"
        body = "<p>" + "Une phrase ordinaire de la presse médicale. " * 2300 + "</p>"
        with path.open("w") as file:
            file.write('{"items": [')
            for number in range(2000):
                item = {"id": str(number), "title": f"Titre {number}", "content_html": body}
                file.write(("," if number else "") + json.dumps(item))
            file.write("]}")
        yield at_least("desk.import_file", path.stat().st_size / 1024 / 1024, "MB", 195)
        subprocess.run(
            [sys.executable, "manage.py", "import_articles", str(path), "--dry-run"],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        yield at_most("desk.import_peak_memory", children_peak_mb(), "MB", 150)
    # After the memory of children is measured: these are large ones.
    yield from scheduled_effects()
    yield from many_years()


AREAS = {
    "desk": desk,
    "search": searches,
    "site": site,
    "audience": most_read_articles,
    "discussions": discussions,
    "polls": polls,
    "notifications": notifications,
}
