"""The pages of what went wrong: what they say, and that they share title, language and landmarks."""

import pytest
from django.core.exceptions import PermissionDenied
from django.shortcuts import render

from newsroom.core.failures import away, forbidden, forbidden_origin, gone, server_error


def shares(html):
    """Check what every page of an error has: language, title with the site's name, landmarks, one h1; no joke."""
    assert '<html lang="fr"' in html
    assert "L’Observance</title>" in html
    assert all(f"<{landmark}" in html for landmark in ("header", "main", "footer"))
    assert html.count("<h1") == 1
    assert not any(code in html.partition("<main")[2].partition("</main>")[0] for code in ("404", "403", "500", "503"))
    return html


@pytest.mark.django_db
def test_a_page_that_is_not_there_leads_on(client):
    answer = client.get("/rien/du/tout/")

    html = shares(answer.content.decode())
    main = html.partition("<main")[2].partition("</main>")[0]
    assert answer.status_code == 404
    assert "Page introuvable" in main
    assert 'action="/recherche/"' in main
    assert 'href="/contact/"' in main
    assert 'href="/"' in main
    assert "crumb" not in main
    assert "/rien/" not in main


def test_who_may_not_is_told_why_and_how_to_get_in(rf):
    told = shares(forbidden(rf.get("/x/"), PermissionDenied("Réservé à la rédaction.")).content.decode())
    plain = shares(forbidden(rf.get("/x/"), PermissionDenied()).content.decode())

    assert "Réservé à la rédaction." in told
    assert all('href="/compte/connexion/"' in html.partition("<main")[2] for html in (told, plain))
    assert all('href="/contact/"' in html for html in (told, plain))


def test_a_form_that_waited_too_long_is_no_matter_of_rights(rf):
    answer = forbidden_origin(rf.post("/x/"))

    html = shares(answer.content.decode())
    assert answer.status_code == 403
    assert 'href="/compte/connexion/"' not in html.partition("<main")[2].partition("</main>")[0]


def test_what_was_withdrawn_says_so(rf):
    answer = gone(rf.get("/x/"), "Retiré à la demande de l’auteur.")

    assert answer.status_code == 410
    assert "Retiré à la demande de l’auteur." in shares(answer.content.decode())


@pytest.mark.parametrize(("minutes", "words"), [(1, "minute"), (5, "minutes")])
def test_who_tries_too_often_is_told_when_to_come_back(rf, minutes, words):
    html = shares(render(rf.get("/x/"), "429.html", {"minutes": minutes}, status=429).content.decode())

    assert f"{minutes}\N{NO-BREAK SPACE}{words}" in html


def test_what_is_away_says_what_still_works_and_when_to_come_back(rf):
    answer = away(rf.get("/x/"))

    shares(answer.content.decode())
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")


def test_a_failure_needs_neither_database_nor_templates_and_has_a_number(rf):
    request = rf.get("/x/")
    request.META["REQUEST_ID"] = "abc<1>"

    answer = server_error(request)

    html = shares(answer.content.decode())
    assert answer.status_code == 500
    assert "abc&lt;1&gt;" in html
    assert "css/error.css" in html
    assert "site.css" not in html
    assert "<script" not in html
