"""What the page of an article says beside its text: who signs and in which role, interests, format, evidence, age."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
from django.urls import reverse

from articles.models import Article, Byline
from articles.publishing import publish
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory, ImageFactory
from tests.factories.full_article import page_of

pytestmark = pytest.mark.django_db
Format, Evidence = Article.Format, Article.EvidenceLevel
SECRET = "Un essai en double aveugle"


def words_of(html):
    """Return what a page says, without its tags and with plain spaces."""
    text = unescape(re.sub(r"<[^>]+>", "", html)).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")
    return re.sub(r"\s+", " ", text)


def signed(*rows):
    """Return an article signed by those described: (name, its author's role, role and affiliation of the byline)."""
    story = ArticleFactory(signed_by=[])
    for position, (name, own_role, role, affiliation) in enumerate(rows, start=1):
        author = AuthorFactory(name=name, role=own_role)
        Byline.objects.create(article=story, author=author, position=position, role=role, affiliation=affiliation)
    return story


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([("Anne", "", "", "")], "Par Dre Anne"),
        ([("Anne", "Rédactrice en chef", "", "")], "Par Dre Anne, rédactrice en chef"),
        ([("Anne", "Rédactrice en chef", "Envoyée spéciale", "")], "Par Dre Anne, envoyée spéciale"),
        (
            [("Anne", "Rédactrice en chef", "", "CHU de Lyon"), ("Blanche", "", "", "")],
            "Par Dre Anne, rédactrice en chef (CHU de Lyon), et Dre Blanche",
        ),
        ([("Anne", "", "", "CHU de Lyon"), ("Blanche", "", "", "")], "Par Dre Anne (CHU de Lyon) et Dre Blanche"),
        (
            [("Anne", "", "", ""), ("Blanche", "PH, cardiologie", "", ""), ("Cécile", "ORL", "", "")],
            "Par Dre Anne, Dre Blanche, PH, cardiologie, et Dre Cécile, ORL",
        ),
    ],
)
def test_who_signs_in_which_role_and_from_where(client, rows, told):
    story = signed(*rows)
    Article.objects.filter(pk=story.pk).update(published_at=datetime(2026, 3, 2, 8, tzinfo=UTC))

    page = page_of(client, story)

    # What follows the signature is the date.
    assert f"{told} 02/03/2026" in words_of(page)


def test_lists_name_the_authors_and_no_more(client):
    story = signed(("Anne", "Rédactrice en chef", "", "CHU de Lyon"))

    page = client.get(reverse("articles:list")).content.decode()

    assert story.title in page
    assert "rédactrice en chef" not in page
    assert "CHU de Lyon" not in page


def test_interests_stay_as_they_were_declared_when_it_was_published(client, chief):
    author = AuthorFactory(name="Anne", interests="Un congrès payé en 2025.")
    story = publish(DraftFactory(signed_by=[author]), by=chief)
    author.interests = "Consultante d’un laboratoire."
    author.save()

    assert "Liens d’intérêts de Dre Anne : Un congrès payé en 2025." in words_of(page_of(client, story))


def test_what_is_not_frozen_is_what_the_author_declares(client):
    story = ArticleFactory(signed_by=[AuthorFactory(name="Anne", interests="Un congrès payé en 2025.")])

    assert "Liens d’intérêts de Dre Anne : Un congrès payé en 2025." in words_of(page_of(client, story))


@pytest.mark.parametrize("is_clinical", [True, False])
def test_that_nothing_was_declared_is_said_of_clinical_content(client, is_clinical):
    story = ArticleFactory(is_clinical=is_clinical, signed_by=[AuthorFactory(name="Anne")])

    assert ("Liens d’intérêts de Dre Anne : aucun lien déclaré" in words_of(page_of(client, story))) is is_clinical


def test_readers_are_told_the_format_where_they_would_not_see_it(client):
    labels = {
        Format.INTERVIEW: "Entretien",
        Format.INVESTIGATION: "Enquête",
        Format.REPORT: "Reportage",
        Format.EXPLAINER: "Décryptage",
        Format.CASE: "Cas clinique",
        Format.VIDEO: "Vidéo",
        Format.OPINION: "Tribune",
        Format.BRIEF: "Brève",
        Format.DOSSIER: "Dossier",
    }
    for number, kind in enumerate(Format):
        ArticleFactory(format=kind, title=f"Sujet {number}", kicker="Terrain")

    for kind in Format:
        head = re.search(
            r'<header class="art-head">.*?</header>', page_of(client, Article.objects.get(format=kind)), re.DOTALL
        )
        told = [label for label in labels.values() if f" {label} ·" in words_of(head[0])]
        assert told == ([labels[kind]] if kind in labels else [])
    listed = words_of(client.get(reverse("articles:list")).content.decode())
    assert all(f" {label} Par " in listed for label in labels.values())


def test_a_format_that_the_kicker_names_is_not_named_twice(client):
    story = ArticleFactory(format=Format.CASE, kicker="cas clinique")

    page = page_of(client, story)

    assert page.lower().count("cas clinique") == 1


def test_an_opinion_piece_engages_those_who_sign_it(client):
    note = "n’engage que"

    assert note in page_of(client, ArticleFactory(format=Format.OPINION))
    assert note not in page_of(client, ArticleFactory())


def test_a_brief_is_short(client):
    story = ArticleFactory(format=Format.BRIEF, image=ImageFactory(), standfirst="Trois lignes.")

    page = page_of(client, story)
    listed = client.get(reverse("articles:list")).content.decode()

    assert "de lecture" not in page
    assert story.title in listed
    assert "Trois lignes." not in listed
    assert "<img" not in listed


def test_podcasts_are_still_told_apart_from_what_is_read(client):
    ArticleFactory(title="À lire", format=Format.EXPLAINER)
    ArticleFactory(title="À écouter", format=Format.PODCAST)

    heard = client.get(reverse("articles:list"), {"format": "podcast"}).content.decode()
    read = client.get(reverse("articles:list"), {"format": "article"}).content.decode()

    assert ("À écouter" in heard, "À lire" in heard) == (True, False)
    assert ("À écouter" in read, "À lire" in read) == (False, True)


def test_the_evidence_stands_between_key_points_and_text(client):
    story = ArticleFactory(key_points="Un point", evidence_level=Evidence.B, evidence_note=f"{SECRET}.\n\nLimites.")

    said = words_of(page_of(client, story))

    order = ["L’essentiel", "Niveau de preuve", "Grade B", f"{SECRET}.", "Haute Autorité de santé", "Le premier para"]
    places = [said.find(piece) for piece in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


@pytest.mark.parametrize(("level", "note"), [("", "Une série de cas."), ("C", ""), ("", "")])
def test_a_grade_is_sourced_and_an_empty_box_is_not_shown(client, level, note):
    page = page_of(client, ArticleFactory(evidence_level=level, evidence_note=note))

    assert ("Niveau de preuve" in page) is bool(level or note)
    assert ("Haute Autorité de santé" in page) is bool(level)
    assert (note in page) is True
    assert "<p></p>" not in page


def test_the_evidence_of_a_reserved_article_is_reserved(client, browser_of, camille):
    fields = {"evidence_level": "A", "evidence_note": SECRET, "audience": Article.Audience.PROFESSIONALS}
    story = ArticleFactory(**fields, signed_by=[AuthorFactory(interests="Un congrès.")])

    assert SECRET not in page_of(client, story)
    assert SECRET in browser_of(camille).get(story.get_reserved_url()).content.decode()


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({"is_clinical": True, "review_by": date(2026, 1, 1)}, True),
        ({"is_clinical": False, "review_by": date(2026, 1, 1)}, False),
        ({"is_clinical": True, "review_by": date(2126, 1, 1)}, False),
        ({"is_clinical": True, "review_by": None}, False),
    ],
)
def test_clinical_content_that_has_aged_says_so(client, fields, is_told):
    dates = {"published_at": datetime(2025, 2, 3, 8, tzinfo=UTC), "corrected_at": datetime(2026, 2, 3, tzinfo=UTC)}
    story = ArticleFactory(**fields, **dates)

    said = words_of(page_of(client, story))

    assert ("Ce contenu date du 3 février 2025 et n’a pas été relu depuis" in said) is is_told
    assert "À revoir avant" not in said
