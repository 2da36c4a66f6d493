import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def sound(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "a.mp3").write_bytes(bytes(range(100)))
    return "/media/a.mp3"


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_file_of_the_library_is_answered_in_a_sandbox(client, sound):
    response = client.get(sound)

    assert body(response) == bytes(range(100))
    assert response["Content-Type"] == "audio/mpeg"
    assert response["Content-Security-Policy"].startswith("sandbox")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-", 0, 99),
        ("bytes=10-19", 10, 19),
        ("bytes=-5", 95, 99),
        ("bytes=90-500", 90, 99),
        ("bytes=-500", 0, 99),
    ],
)
def test_a_player_gets_the_range_it_asks_for(client, sound, asked, first, last):
    response = client.get(sound, headers={"Range": asked})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/100"
    assert body(response) == bytes(range(first, last + 1))
    assert response["Content-Length"] == str(last - first + 1)


def test_a_range_that_is_not_there_is_refused(client, sound):
    response = client.get(sound, headers={"Range": "bytes=100-"})

    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */100"


@pytest.mark.parametrize(
    "asked",
    ["bytes=-", "lines=0-1", "bytes=0-1,3-4", "bytes=x-y", f"bytes={'9' * 5000}-", f"bytes=-{'9' * 5000}", "bytes=٣-"],
)
def test_a_range_that_makes_no_sense_is_the_whole_file(client, sound, asked):
    assert len(body(client.get(sound, headers={"Range": asked}))) == 100


@pytest.mark.parametrize("path", ["/media/absent.mp3", "/media/../manage.py", "/media/%2e%2e/manage.py", "/media/"])
def test_nothing_outside_the_library_is_answered(client, sound, path):
    assert client.get(path).status_code in {400, 404}
