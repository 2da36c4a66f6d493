"""Kept pages through real servers: true at once, and at hand when Redis or the database is not."""

import contextlib
import socket
import threading
import urllib.error
import urllib.request
from http import HTTPStatus
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from newsroom.discussions.moderating import reject
from newsroom.discussions.posting import bring_in
from tests.factories.accounts import staff
from tests.factories.articles import ArticleFactory
from tests.journeys.conftest import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


class Gate:
    """Stands between the web server and the database; shut, nobody comes through any more."""

    def __init__(self, path, host, port):
        self.is_open = True
        self.behind = (host, port)
        self.pairs = []
        self.door = socket.socket(socket.AF_UNIX)
        self.door.bind(str(path))
        self.door.listen(50)
        threading.Thread(target=self._welcome, daemon=True).start()

    def shut(self):
        """Let nobody in, and drop everybody."""
        self.is_open = False
        for one in self.pairs:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            one.close()

    def close(self):
        self.shut()
        self.door.close()

    def _welcome(self):
        with contextlib.suppress(OSError):
            while True:
                outside, _address = self.door.accept()
                if not self.is_open:
                    outside.close()
                    continue
                inside = self._behind()
                self.pairs += [outside, inside]
                for one, other in ((outside, inside), (inside, outside)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _behind(self):
        host, port = self.behind
        if not host.startswith("/"):
            return socket.create_connection((host, int(port or 5432)))
        inside = socket.socket(socket.AF_UNIX)
        inside.connect(str(Path(host) / f".s.PGSQL.{port or 5432}"))
        return inside

    @staticmethod
    def _carry(one, other):
        with contextlib.suppress(OSError):
            while some := one.recv(65_536):
                other.sendall(some)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def gate(tmp_path_factory):
    """A gate before the test's database, in a folder with a short name: a socket's path is."""
    database = django_settings.DATABASES["default"]
    folder = tmp_path_factory.mktemp("g")
    gate = Gate(folder / ".s.PGSQL.5432", database["HOST"], database["PORT"])
    yield SimpleNamespace(folder=str(folder), shut=gate.shut)
    gate.close()


@pytest.fixture
def site(stage, settings, gate):
    """The web server with its page cache; changes made in the test reach it as they do from another process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.PAGE_CACHE = True
    settings.PAGE_CACHE_URL = stage.redis.place.url(0)
    stage.environment |= {"JOURNEY_PAGE_CACHE": "1", "JOURNEY_DATABASE_HOST": gate.folder}
    stage.start(
        *("-m", "gunicorn", "newsroom.wsgi", "-b", f"127.0.0.1:{port}", "-w", "2", "-k", "gthread"),
        *("--threads", "4", "--no-control-socket"),
    )

    def get(address):
        """Return status, how the cache answered, and the page."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{address}", timeout=30) as answer:
                return answer.status, answer.headers.get("X-Cache"), answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.headers.get("X-Cache"), error.read().decode()
        except OSError:
            return 0, None, ""

    wait_until(lambda: get("/sante/vivant")[0] == HTTPStatus.OK)
    return get


def test_a_comment_is_seen_and_gone_in_the_same_moment_whichever_process_answers(site):
    story, decider = ArticleFactory(), staff("moderator")
    address = story.get_absolute_url()
    stop = threading.Event()

    def crowd():
        while not stop.is_set():
            site(address)

    readers = [threading.Thread(target=crowd) for _one in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(12):
            said = bring_in(story.thread, text=f"Propos numéro {number}.", author_name="Anne", at=timezone.now())
            assert f"Propos numéro {number}." in site(address)[2]
            reject(said, decider, reason="Publicité")
            assert f"Propos numéro {number}." not in site(address)[2]
    finally:
        stop.set()
        for reader in readers:
            reader.join()


def test_redis_goes_and_comes_back(site, stage):
    address = ArticleFactory(title="Un titre").get_absolute_url()
    wait_until(lambda: site(address)[1] == "HIT")

    stage.redis.stop()
    status, how, page = site(address)
    assert (status, how) == (200, None)
    assert "Un titre" in page

    stage.redis.ensure()
    wait_until(lambda: site(address)[1] == "HIT")


def test_the_database_goes_and_kept_pages_stay(site, gate):
    kept, other = ArticleFactory(title="Un titre gardé"), ArticleFactory()
    wait_until(lambda: site(kept.get_absolute_url())[1] == "HIT")

    gate.shut()

    # On a machine that is out of breath Redis may be too slow for one request, and that one is made anew.
    status, _how, page = wait_until(lambda: answer if (answer := site(kept.get_absolute_url()))[1] else None)
    assert status == HTTPStatus.OK
    assert "Un titre gardé" in page
    status, how, page = site(other.get_absolute_url())
    assert (status, how) == (503, None)
    assert "archives" in page
