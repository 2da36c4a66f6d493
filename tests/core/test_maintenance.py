"""The site closed for a while, and what announces it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.utils import timezone

from newsroom.core.maintenance import announced, close, closing, maintenance, reopen
from newsroom.settings import env

HOUR = timedelta(hours=1)


@pytest.fixture
def closed_file(settings, tmp_path):
    """Return where the page will stand."""
    settings.MAINTENANCE_FILE = str(tmp_path / "closed" / "index.html")
    return tmp_path / "closed" / "index.html"


@pytest.fixture
def answer(closed_file, rf):
    """Return what the site answers to an address, through the middleware alone."""
    handle = maintenance(lambda _request: "open")
    return lambda path="/": handle(rf.get(path))


def test_an_open_site_answers_as_ever(answer):
    assert answer() == "open"


def test_a_closed_site_says_what_until_when_and_what_still_works(answer):
    until = timezone.localtime() + 2 * HOUR
    close(until, "Nous changeons de serveur.", "Les courriels partent <toujours>.")

    response = answer("/articles/un/")

    html = response.content.decode()
    assert response.status_code == 503
    assert 7000 <= int(response["Retry-After"]) <= 7200
    assert response["Cache-Control"] == "no-store"
    assert "Nous changeons de serveur." in html
    assert f"Retour prévu vers {until.hour}\N{NARROW NO-BREAK SPACE}h" in html
    assert "&lt;toujours&gt;" in html
    assert "L’Observance</title>" in html
    assert "{" not in html


def test_another_day_is_named(answer):
    until = timezone.localtime() + 48 * HOUR
    close(until, "x", "")

    assert str(until.year) in answer().content.decode()


def test_who_comes_late_is_asked_to_wait_a_minute(answer):
    close(timezone.now() - HOUR, "x", "")

    assert answer()["Retry-After"] == "60"


def test_watchers_see_the_site_behind_the_page(answer):
    close(timezone.now() + HOUR, "x", "")

    assert answer("/sante/vivant") == "open"


def test_kept_pages_are_closed_too(closed_file):
    started = []
    site = closing(lambda _environ, _start: [b"kept"])

    def asked(path):
        return b"".join(site({"PATH_INFO": path}, lambda status, headers: started.append((status, dict(headers)))))

    assert asked("/") == b"kept"
    close(timezone.now() + HOUR, "Nous changeons de serveur.", "")

    assert "Nous changeons de serveur." in asked("/").decode()
    assert asked("/static/css/error.css") == b"kept"
    assert asked("/sante/pret") == b"kept"
    [(status, headers)] = started
    assert status == "503 Service Unavailable"
    assert int(headers["Retry-After"]) > 3500


def test_the_site_opens_again(answer):
    close(timezone.now() + HOUR, "x", "")

    assert reopen()
    assert not reopen()
    assert answer() == "open"


@pytest.mark.parametrize("until", ["14:30", "2999-05-12T14:30", "2999-05-12T14:30+02:00"])
def test_the_command_closes_and_opens(closed_file, until):
    out = StringIO()

    call_command("maintenance", "on", "--until", until, stdout=out)

    assert closed_file.exists()
    call_command("maintenance", "off", stdout=out)
    assert not closed_file.exists()
    call_command("maintenance", "off", stdout=out)
    assert out.getvalue().count("\n") == 3


@pytest.mark.parametrize("until", ["", "demain", "25:99", "2001-01-01T10:00", "2999-13-01T10:00"])
def test_the_command_refuses_what_is_no_moment_to_come(closed_file, until):
    with pytest.raises(CommandError) as refused:
        call_command("maintenance", "on", "--until", until)

    assert refused.value.returncode == 2
    assert not closed_file.exists()


def test_an_announcement_stands_on_every_page_and_can_be_hidden(client, db, settings):
    assert "data-notice" not in client.get("/").content.decode()
    settings.MAINTENANCE_NOTICE = "Fermé mercredi de 13 h à 14 h 30 : mise à jour."

    pages = [client.get(address).content.decode() for address in ("/", "/charte/", "/rien/")]

    assert all('<aside class="wrap notice"' in html for html in pages)
    # Without JavaScript it is a plain note: its button is only shown by the script.
    assert all('<button class="link-btn" type="button" hidden>' in html for html in pages)


def test_an_announcement_ends_by_the_clock(settings):
    settings.MAINTENANCE_NOTICE = "Fermé mercredi."
    settings.MAINTENANCE_NOTICE_UNTIL = timezone.now() + HOUR
    before = announced()
    settings.MAINTENANCE_NOTICE_UNTIL = timezone.now() - HOUR

    assert before.text == "Fermé mercredi."
    assert announced() is None


def test_another_announcement_is_another_one_to_hide(settings):
    keys = set()
    for settings.MAINTENANCE_NOTICE in ("Fermé mercredi.", "Fermé jeudi."):
        keys.add(announced().key)

    assert len(keys) == 2


def test_the_end_of_an_announcement_is_a_moment_with_its_offset(monkeypatch):
    monkeypatch.setenv("MOMENT", "2026-05-12T14:30+02:00")
    assert env.moment("MOMENT").hour == 14

    for wrong in ("demain", "2026-05-12T14:30"):
        monkeypatch.setenv("MOMENT", wrong)
        with pytest.raises(ImproperlyConfigured, match="MOMENT"):
            env.moment("MOMENT")
    monkeypatch.delenv("MOMENT")
    assert env.moment("MOMENT") is None
