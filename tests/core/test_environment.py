import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.settings import env


def test_a_secret_may_stand_in_a_file(monkeypatch, tmp_path):
    path = tmp_path / "key"
    path.write_text("s3cret\n")
    monkeypatch.setenv("THE_KEY_FILE", str(path))

    assert env.text("THE_KEY") == "s3cret"


def test_an_unreadable_secret_file_is_named(monkeypatch):
    monkeypatch.setenv("THE_KEY_FILE", "/nowhere/key")

    with pytest.raises(ImproperlyConfigured, match="THE_KEY_FILE"):
        env.text("THE_KEY")


def test_a_missing_required_value_is_named():
    with pytest.raises(ImproperlyConfigured, match="NOT_THERE"):
        env.text("NOT_THERE")


@pytest.mark.parametrize("value", ["-1", "x", "1.5", "²"])
def test_a_wrong_number_is_named(monkeypatch, value):
    monkeypatch.setenv("PROXIES_TEST", value)

    with pytest.raises(ImproperlyConfigured, match="PROXIES_TEST"):
        env.number("PROXIES_TEST", 0)


@pytest.mark.parametrize(("value", "expected"), [("yes", True), ("0", False), ("On", True)])
def test_flags(monkeypatch, value, expected):
    monkeypatch.setenv("A_FLAG", value)

    assert env.flag("A_FLAG", default=not expected) is expected


def test_a_wrong_flag_is_named(monkeypatch):
    monkeypatch.setenv("A_FLAG", "maybe")

    with pytest.raises(ImproperlyConfigured, match="A_FLAG"):
        env.flag("A_FLAG", default=True)


def test_a_database_address_is_taken_apart(monkeypatch):
    monkeypatch.setenv("DB", "postgres://ann:p%40ss@db.example:5433/news?sslmode=require")

    database = env.database("DB")

    assert database["NAME"] == "news"
    assert database["PASSWORD"] == "p@ss"
    assert (database["HOST"], database["PORT"]) == ("db.example", "5433")
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_a_socket_folder_may_stand_for_the_host(monkeypatch):
    monkeypatch.setenv("DB", "postgres://postgres@/news?host=%2Ftmp%2Fun%20dossier")

    assert env.database("DB")["HOST"] == "/tmp/un dossier"  # noqa: S108 - a name, not a file


@pytest.mark.parametrize("value", ["mysql://x/y", "postgres://host:99999/x", "postgres://host/", "nonsense"])
def test_a_wrong_database_address_is_named_and_its_secrets_are_not(monkeypatch, value):
    monkeypatch.setenv("DB", value)

    with pytest.raises(ImproperlyConfigured, match="DB") as error:
        env.database("DB")
    assert value not in str(error.value)


def test_a_redis_socket_becomes_a_broker_address(monkeypatch):
    monkeypatch.setenv("BROKER", "unix:///run/redis.sock?db=3")

    assert env.broker("BROKER", "") == "redis+socket:///run/redis.sock?virtual_host=3"


@pytest.mark.parametrize(
    ("value", "tls", "ssl", "port"),
    [
        ("smtp://localhost:2525", False, False, 2525),
        ("smtps://u:p@mail.example", False, True, 465),
        ("smtp+tls://u:p@mail.example", True, False, 587),
        ("smtp+tls://u:p@mail.example:2587", True, False, 2587),
        ("smtp://mail.example", False, False, 25),
    ],
)
def test_mail_addresses(monkeypatch, value, tls, ssl, port):
    monkeypatch.setenv("MAIL", value)

    email = env.email("MAIL")

    assert (email["EMAIL_USE_TLS"], email["EMAIL_USE_SSL"], email["EMAIL_PORT"]) == (tls, ssl, port)


@pytest.mark.parametrize("value", ["example.org", "ftp://x", "https://"])
def test_a_wrong_site_address_is_named(monkeypatch, value):
    monkeypatch.setenv("SITE", value)

    with pytest.raises(ImproperlyConfigured, match="SITE"):
        env.web_address("SITE")


def test_lists_are_comma_separated(monkeypatch):
    monkeypatch.setenv("HOSTS", "a, b,,c ")

    assert env.listed("HOSTS") == ["a", "b", "c"]
