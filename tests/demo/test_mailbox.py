"""The demo's mailbox page."""

import pytest
from django.urls import reverse

# A page that is not found may have moved: the redirects are asked.
pytestmark = pytest.mark.django_db

MESSAGE = """\
From: ne-pas-repondre@observance.example
To: camille@example.org
Subject: {subject}
Date: Tue, 03 Mar 2026 08:30:00 +0100
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="part"

--part
Content-Type: text/plain; charset=utf-8

Bonjour, voir https://observance.example/debats/ & <merci>.
--part
Content-Type: text/html; charset=utf-8

<p>Bonjour <a href="https://observance.example/">ici</a></p><script>alert(1)</script>
--part--
"""
OLD, NEW = "00000000000000000001-7-000000", "00000000000000000002-7-000000"


@pytest.fixture
def folder(tmp_path, settings):
    """Return a mail folder that holds an old and a new message."""
    settings.DEMO_MAIL_FOLDER = tmp_path
    (tmp_path / f"{OLD}.eml").write_text(MESSAGE.format(subject="Ancien"))
    (tmp_path / f"{NEW}.eml").write_text(MESSAGE.format(subject="Récent").replace("Récent", "=?utf-8?q?R=C3=A9cent?="))
    return tmp_path


def test_messages_are_listed_newest_first(client, folder):
    page = client.get(reverse("demo:mailbox")).content.decode()

    assert 0 < page.index("Récent") < page.index("Ancien")


def test_only_what_the_mail_server_wrote_is_listed(client, folder):
    (folder / "notes.eml").write_text(MESSAGE.format(subject="Intrus"))

    page = client.get(reverse("demo:mailbox")).content.decode()

    assert "Intrus" not in page


def test_an_empty_mailbox_says_how_to_get_a_message(client, settings, tmp_path):
    settings.DEMO_MAIL_FOLDER = tmp_path / "absent"

    page = client.get(reverse("demo:mailbox")).content.decode()

    assert reverse("account_reset_password") in page


def test_a_message_is_shown_as_text_in_a_frame_and_with_its_headers(client, folder):
    page = client.get(reverse("demo:letter", args=[NEW])).content.decode()

    assert "&lt;merci&gt;" in page
    assert f'src="{reverse("demo:letter-html", args=[NEW])}"' in page
    assert "sandbox=" in page
    assert "MIME-Version" in page
    assert "alert(1)" not in page


def test_the_html_part_is_answered_under_a_policy_that_runs_nothing(client, folder):
    answer = client.get(reverse("demo:letter-html", args=[NEW]))

    policy = answer["Content-Security-Policy"]
    assert b"Bonjour" in answer.content
    assert "default-src 'none'" in policy
    assert "sandbox allow-popups" in policy
    assert "script-src" not in policy
    assert answer["X-Frame-Options"] == "SAMEORIGIN"


def test_a_message_without_html_has_no_frame(client, folder):
    plain = "From: a@example.org\nSubject: Nu\n\nTexte seul.\n"
    (folder / "00000000000000000003-7-000000.eml").write_text(plain)

    page = client.get(reverse("demo:letter", args=["00000000000000000003-7-000000"])).content.decode()
    frame = client.get(reverse("demo:letter-html", args=["00000000000000000003-7-000000"]))

    assert "Texte seul." in page
    assert "<iframe" not in page
    assert frame.status_code == 404


@pytest.mark.parametrize("name", ["00000000000000000009-7-000000", "notes", "abc-def-ghi"])
def test_a_message_that_is_not_there_is_not_found(client, folder, name):
    assert client.get(reverse("demo:letter", args=[name])).status_code == 404


def test_a_name_that_climbs_out_of_the_folder_is_no_address(client, folder):
    assert client.get("/demo/courriels/..%2F..%2Fsecret/").status_code == 404
