"""How what an article's form kept by itself comes back."""

import re

import pytest
from django.urls import reverse
from django.utils.html import escape

from articles.models import ArticleRevision
from tests.articles.keeping.acts import field, kept_by, send
from tests.factories.articles import AuthorFactory, SpecialtyFactory
from tests.factories.desk import rows, typed

ADD, CHANGE = "admin:articles_article_add", "admin:articles_article_change"
Kind = ArticleRevision.Kind


def test_a_text_that_was_kept_is_offered_compared_and_taken_up_again(story, browser_of, editor):
    author, specialty, browser = AuthorFactory(), SpecialtyFactory(), browser_of(editor)
    send(
        browser,
        story,
        title="Vaccins au cabinet",
        body="<p>Perdu ?</p>",
        slug="autre-adresse",
        tags="prévention",
        specialties=[str(specialty.pk)],
        base=story.version,
        form_key="k",
        **rows(
            "bylines", {"position": 1, "author": author.pk, "role": "textes"}, {"position": 2, "affiliation": "CHU"}
        ),
    )
    form_page = reverse(CHANGE, args=[story.pk])

    offer = browser.get(form_page).content.decode()
    compared = browser.get(reverse("desk:kept", args=[story.pk])).content.decode()
    resumed = browser.get(form_page, {"reprendre": "1"})

    assert "Un texte non enregistré du" in offer
    assert "Vaccins au cabinet" in " ".join(
        re.sub("<[^>]+>", " ", compared.replace("Ajouté\N{NO-BREAK SPACE}:", "")).split()
    )
    shown = {
        name: field(resumed, name) for name in ("title", "body", "slug", "tags", "base", "form_key", "specialties")
    }
    assert shown == {
        "title": "Vaccins au cabinet",
        "body": "<p>Perdu ?</p>",
        "slug": "autre-adresse",
        "tags": "prévention",
        "base": 1,
        "form_key": "k",
        "specialties": [specialty.pk],
    }
    signatures = [row.initial for row in resumed.context["inline_admin_formsets"][0].formset.forms]
    assert [(row["author"], row["role"], row["affiliation"]) for row in signatures] == [
        (author.pk, "textes", ""),
        (None, "", "CHU"),
    ]
    assert "data-unsaved" in resumed.content.decode()
    assert "Un texte non enregistré du" not in resumed.content.decode()


def test_a_correction_that_was_typed_and_not_told_comes_back(browser_of, chief):
    from tests.factories.articles import ArticleFactory

    story, browser = ArticleFactory(), browser_of(chief)
    told = {"kind": "figure", "text": "La dose était fausse."}
    send(browser, story, title=story.title, form_key="k", **rows("corrections", told))

    resumed = browser.get(reverse(CHANGE, args=[story.pk]), {"reprendre": "1"})

    assert "La dose était fausse." in resumed.content.decode()


def test_a_new_article_that_was_never_saved_is_offered_by_its_title_and_comes_back(browser_of, editor):
    author, browser = AuthorFactory(), browser_of(editor)
    signature = rows("bylines", {"position": 1, "author": author.pk}, {"position": 2, "author": AuthorFactory().pk})
    send(browser, None, title="Jamais enregistré", tags="a, b", form_key="k", **signature)

    offer = browser.get(reverse(ADD)).content.decode()
    resumed = browser.get(reverse(ADD), {"reprendre": "k"})
    browser.post(reverse(ADD), typed(title="Jamais enregistré", form_key=field(resumed, "form_key"), _save=""))

    assert "« Jamais enregistré »" in offer.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "data-offer data-form-key" in offer
    assert (field(resumed, "title"), field(resumed, "tags"), field(resumed, "form_key")) == (
        "Jamais enregistré",
        "a, b",
        "k",
    )
    assert len(resumed.context["inline_admin_formsets"][0].formset.forms) == 2
    assert not kept_by(editor).exists()
    assert "data-offer data-form-key" not in browser.get(reverse(ADD)).content.decode()


def test_what_no_longer_exists_is_left_out_and_named(story, browser_of, editor):
    author, specialty, browser = AuthorFactory(), SpecialtyFactory(), browser_of(editor)
    signature = rows("bylines", {"position": 1, "author": author.pk})
    send(browser, story, title="Un", primary_specialty=specialty.pk, form_key="k", **signature)
    author.delete()
    specialty.delete()

    page = browser.get(reverse(CHANGE, args=[story.pk]), {"reprendre": "1"})

    assert page.status_code == 200
    told = [str(message) for message in page.context["messages"]]
    assert any("auteur" in sentence for sentence in told)
    assert any("spécialité" in sentence for sentence in told)


def test_a_text_kept_in_ones_own_name_alone(story, browser_of, editor, chief):
    send(browser_of(editor), story, title="Un secret", form_key="k")
    send(browser_of(editor), None, title="Un secret", form_key="k2")
    browser, form_page = browser_of(chief), reverse(CHANGE, args=[story.pk])

    pages = [
        browser.get(form_page),
        browser.get(form_page, {"reprendre": "1"}),
        browser.get(reverse(ADD), {"reprendre": "k2"}),
    ]
    browser.post(reverse("desk:drop", args=[story.pk]), {"form_key": "k"})
    browser.post(reverse("desk:drop-new"), {"form_key": "k2"})

    assert all("Un secret" not in page.content.decode() for page in pages)
    assert browser.get(reverse("desk:kept", args=[story.pk])).status_code == 404
    assert kept_by(editor).count() == 2


@pytest.mark.parametrize("headers", [{}, {"Accept": "application/json"}])
def test_a_kept_text_is_discarded(story, browser_of, editor, headers):
    browser = browser_of(editor)
    send(browser, story, title="Non", form_key="a")
    send(browser, None, title="Non plus", form_key="b")

    answers = [
        browser.post(reverse("desk:drop", args=[story.pk]), {"form_key": "a"}, headers=headers),
        browser.post(reverse("desk:drop-new"), {"form_key": "b"}, headers=headers),
    ]

    assert [answer.status_code for answer in answers] == ([204, 204] if headers else [302, 302])
    assert not kept_by(editor).exists()


def test_a_form_that_is_refused_lists_its_faults_with_links_and_keeps_all(story, browser_of, editor):
    sent = typed(
        title="",
        body="<p>Gardé.</p>",
        published_at_0="demain",
        base=story.version,
        form_key="k",
        **rows("references", {"position": 1, "text": "", "doi": "pas un doi", "url": ""}),
        **rows("bylines", {"position": 1, "role": "textes"}),
    )

    answer = browser_of(editor).post(reverse(CHANGE, args=[story.pk]), sent)

    page = answer.content.decode()
    faults = {fault["label"]: fault["at"] for fault in answer.context["faults"]}
    assert page.count("<title>Erreur") == 1
    assert faults["Titre"] == "id_title"
    assert any(at == "id_references-0-doi" for at in faults.values())
    assert any(at == "id_bylines-0-author" for at in faults.values())
    assert all(f'id="{at}"' in page for at in faults.values() if at)
    assert "Corrigez l" not in page
    assert escape("<p>Gardé.</p>") in page


# Races
