"""The site's own server behind Debian's nginx with `docs/deploy/nginx.conf`: what is kept, what is shown in trouble."""

import subprocess

import pytest

from newsroom.audience.marks import mark
from tests.factories.articles import ArticleFactory
from tests.journeys.conftest import wait_until
from tests.journeys.front import HOST, NGINX, OPENSSL, Front

pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(not NGINX or not OPENSSL, reason="nginx or openssl is not installed"),
]


def kept(answer):
    return answer.headers.get("X-Front")


@pytest.fixture
def front(stage, tmp_path_factory):
    front = Front(stage, tmp_path_factory.mktemp("nginx"))
    front.write_configuration()
    yield front
    front.end()


def test_nginx_takes_the_file(front):
    said = subprocess.run(front.command("-t"), capture_output=True, text=True, check=False)

    assert said.returncode == 0, said.stderr
    assert "warn" not in said.stderr


def test_what_is_public_is_kept_and_what_is_personal_never(front):
    article = ArticleFactory()
    front.start()
    address = article.get_absolute_url()

    first, second = front.get(address), front.get(address)
    member = front.get(address, Cookie="sessionid=abcdefghijklmnop; membre=1")

    # A public page: kept, for members too; its insides stay inside.
    assert [first.status, kept(first), second.status, kept(second)] == [200, "MISS", 200, "HIT"]
    assert kept(member) == "HIT"
    assert first.text == second.text == member.text
    assert "Surrogate-Key" not in second.headers
    assert "default-src" in second.headers["Content-Security-Policy"]
    assert front.get(address, If_None_Match=second.headers["ETag"]).status == 304

    # Once for each coding, and not for each spelling.
    assert [kept(front.get(address, Accept_Encoding="gzip")) for _time in range(2)] == ["MISS", "HIT"]
    packed = front.get(address, Accept_Encoding="deflate, gzip;q=0.5, x-new")
    assert (kept(packed), packed.headers["Content-Encoding"]) == ("HIT", "gzip")
    assert front.get(address, Accept_Encoding="gzip;q=0").headers["Content-Encoding"] is None

    # What no page knows is answered and not kept.
    assert {kept(front.get(f"{address}?utm_source={number}")) for number in (1, 1, 2)} == {"BYPASS"}

    # Personal, and not found: never.
    for path in ("/moi/ici/", "/compte/connexion/", "/moderation/", "/admin/", "/sante/vivant", "/articles/inconnu/"):
        assert kept(front.get(path)) != "HIT"
        assert kept(front.get(path)) != "HIT"

    # A POST: never, and it does not answer from what is kept.
    for _time in range(2):
        posted = front.ask("POST", address, "x=1", {"Content-Type": "application/x-www-form-urlencoded"})
        assert posted.status in {403, 405}
        assert kept(posted) != "HIT"


def test_the_site_gone_shows_what_is_kept_and_says_so_elsewhere(front):
    article = ArticleFactory()
    front.start()
    address = article.get_absolute_url()
    text = front.get(address).text

    front.stage.kill(front.site)

    old = wait_until(lambda: stale(front, address))
    assert (old.status, old.text) == (200, text)
    for method in ("GET", "POST"):
        away = front.ask(method, "/articles/")
        assert away.status == 503
        assert away.headers["Retry-After"]
        assert "indisponible" in away.text.decode()
    closed = front.folder / "srv/var/maintenance/index.html"
    closed.parent.mkdir()
    closed.write_text("Fermé pour travaux")
    assert front.get("/articles/").text.decode() == "Fermé pour travaux"
    assert front.get("/static/css/error.css").status == 200


def stale(front, address):
    answer = front.get(address)
    return answer if kept(answer) == "STALE" else None


def test_files_limits_and_addresses(front, redis):
    front.start()

    # Another scheme, another name.
    plain = front.ask("GET", "/articles/?page=2", port="http")
    assert (plain.status, plain.headers["Location"]) == (301, f"https://{HOST}/articles/?page=2")
    assert front.get("/", Host="evil.example").status == 421

    # Files: from the disk, in parts, for ever where the name says so.
    part = front.get("/media/a.mp3", Range="bytes=10-19")
    assert (part.status, part.text) == (206, bytes(range(10, 20)))
    assert "immutable" in part.headers["Cache-Control"]
    assert part.headers["Content-Security-Policy"].startswith("sandbox")
    assert front.get("/media/a.mp3", Range="bytes=100-").status == 416
    assert front.get("/static/css/error.css").headers["Cache-Control"] == "public, max-age=300"
    for path in ("/static/../nginx.conf", "/media/%2e%2e/%2e%2e/nginx.conf", "/media../nginx.conf"):
        assert b"upstream" not in front.get(path).text

    # Who writes his own address is not believed; a view is counted without a cookie.
    answer = front.ask("POST", "/audience/vue/", mark_of(), {"X-Forwarded-For": "6.6.6.6", "Cookie": "sessionid=x"})
    assert answer.status == 204
    assert front.ask("POST", "/audience/vue/", "x" * 2000).status == 413

    # Too long, and too fast: in the site's dress.
    long = front.ask("POST", "/compte/connexion/", b"x" * 1_100_000)
    assert (long.status, "Demande refusée" in long.text.decode()) == (413, True)
    assert front.get("/recherche/?q=" + "x" * 20_000).status == 414
    eight = front.get("/recherche/?q=" + "x" * 8_000)
    assert eight.status in {200, 400}
    assert "site-head" in eight.text.decode()
    answers = [front.ask("POST", "/articles/") for _time in range(40)]
    assert answers[-1].status == 429
    assert "Demande refusée" in answers[-1].text.decode()
    assert front.get("/sante/vivant").status == 200


def mark_of():
    return mark(ArticleFactory().pk)
