"""Readers who come to an address that has changed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from newsroom.redirects.leading import lead
from newsroom.redirects.models import Redirect
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/articles/a/", "/articles/b/"),
        ("/articles/a", "/articles/b/"),
        ("/articles/a/?page=2&tri=recents", "/articles/b/?page=2&tri=recents"),
        ("/articles/a/suite/", "/articles/b/suite/"),
        ("/articles/a/texte/loin/d%27ici/", "/articles/b/texte/loin/d'ici/"),
        ("/articles/a/%3Fx%0D%0Ay:%C3%A9", "/articles/b/%3Fx%0D%0Ay:%C3%A9"),
        ("/articles/a/?next=https://evil.example/&q=%C3%A9", "/articles/b/?next=https://evil.example/&q=%C3%A9"),
    ],
)
def test_a_former_address_and_what_lies_below_it_lead_on(client, asked, target):
    lead("/articles/a/", "/articles/b/")

    for method in (client.get, client.head):
        answer = method(asked)
        assert (answer.status_code, answer["Location"]) == (301, target)
        # For ever, a browser would run in circles once something comes back to a former address.
        assert answer["Cache-Control"] == "public, max-age=300"


def test_readers_who_are_signed_in_are_led_to_the_text_that_is_reserved_for_them(client, browser_of, camille):
    lead("/articles/a/", "/articles/b/")

    assert browser_of(camille).get("/articles/a/texte/")["Location"] == "/articles/b/texte/"
    assert client.get("/articles/a/texte/")["Location"].startswith("/compte/connexion/")


@pytest.mark.parametrize(
    "asked",
    [
        "/articles/ab/",
        "/articles/",
        "/a/",
        "//articles/a/",
        "/articles//a/",
        "/x" * 300,
        "/articles/A/",
        "/\\articles/a/",
    ],
)
def test_other_addresses_are_not_found(client, asked):
    lead("/articles/a/", "/articles/b/")

    answer = client.get("/", PATH_INFO=asked) if asked.startswith("//") else client.get(asked)

    assert answer.status_code != 301


def test_the_longest_address_decides(client):
    lead("/articles/a/", "/articles/b/")
    lead("/articles/a/texte/", "/articles/c/")

    assert client.get("/articles/a/texte/x/")["Location"] == "/articles/c/x/"


def test_what_stands_at_a_former_address_is_shown(client):
    article = ArticleFactory(slug="a")
    lead("/articles/a/", "/articles/b/")

    assert client.get(article.get_absolute_url()).status_code == 200


def test_what_was_withdrawn_is_gone_and_leads_nowhere(client):
    ArticleFactory(slug="a", status="unpublished")
    lead("/articles/a/", "/articles/b/")

    assert client.get("/articles/a/").status_code == 410


def test_nothing_but_reading_is_led_on(client):
    lead("/articles/a/", "/articles/b/")

    assert client.post("/articles/a/").status_code != 301


def test_the_desk_leads_nowhere(browser_of, administrator):
    lead("/admin/articles/", "/articles/b/")

    assert browser_of(administrator).get("/admin/articles/rien/").status_code == 404


def test_a_page_that_is_not_found_costs_one_query_and_one_that_is_found_none(client, django_assert_num_queries):
    lead("/a/", "/b/")
    with django_assert_num_queries(1):
        assert client.get("/nulle/part/").status_code == 404
    with django_assert_num_queries(0):
        assert client.get("/robots.txt").status_code == 200


def test_redirects_are_read_at_the_desk_and_ended_by_administrators(browser_of, editor, administrator):
    lead("/articles/œdeme/", "/articles/oedeme/")
    row = Redirect.objects.get()
    listed, delete = (
        reverse("admin:redirects_redirect_changelist"),
        reverse("admin:redirects_redirect_delete", args=[row.pk]),
    )

    page = browser_of(editor).get(listed, {"q": "ŒDÈME"}).content.decode()
    refused = browser_of(editor).post(delete, {"post": "yes"})
    add = browser_of(administrator).get(reverse("admin:redirects_redirect_add"))
    browser_of(administrator).post(delete, {"post": "yes"})

    assert "/articles/œdeme/" in page
    assert (refused.status_code, add.status_code) == (403, 403)
    assert not Redirect.objects.exists()


def test_a_redirect_says_when_it_was_made():
    lead("/articles/a/", "/articles/b/")

    assert abs((timezone.now() - Redirect.objects.get().made_at).total_seconds()) < 60
