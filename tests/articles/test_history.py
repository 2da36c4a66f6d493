"""The history of an article at the desk: what it said, two versions side by side, the way back."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.comparing import compare
from articles.contents import current_content
from articles.models import Article, ArticleRevision
from articles.publishing import publish
from articles.revising import autosave, thin
from articles.writing import write
from tests.factories.articles import ArticleFactory, AuthorFactory, DraftFactory, ImageFactory, SpecialtyFactory

Kind = ArticleRevision.Kind


@pytest.fixture
def story(editor):
    article = write(Article(), {"title": "Un", "body": "<p>Le premier jet.</p>"}, by=editor)
    return write(article, {"title": "Deux", "body": "<p>Le second jet.</p>"}, by=editor)


def at(name, *args):
    return reverse(f"desk:{name}", args=args)


def test_the_history_names_who_did_what_when(browser_of, editor, chief, story):
    browser = browser_of(editor)
    story.primary_specialty, author = SpecialtyFactory(), AuthorFactory()
    write(story, {"primary_specialty": story.primary_specialty.pk, "bylines": [{"author": author.pk}]}, by=editor)
    publish(story, by=chief)

    page = browser.get(at("history", story.pk)).content.decode()

    assert all(part in page for part in ("Révision 1", "Révision 4", "Anne Dupré", "Marc Aubry", "Publié"))
    assert "est publié" in page
    assert browser.get(reverse("admin:articles_article_history", args=[story.pk])).url == at("history", story.pk)


def test_two_revisions_stand_side_by_side(browser_of, editor, story):
    page = browser_of(editor).get(at("compare", story.pk), {"de": 2, "a": 1}).content.decode()

    assert "<del" in page
    assert "<ins" in page
    assert "premier" in page
    assert "Titre" in page


def test_a_revision_alone_is_compared_with_the_one_before(browser_of, editor, story):
    browser = browser_of(editor)

    assert "Révision 1" in browser.get(at("compare", story.pk), {"a": 2}).content.decode()
    assert "Avant la première révision" in browser.get(at("compare", story.pk), {"a": 1}).content.decode()
    assert browser.get(at("compare", story.pk)).url == at("history", story.pk)
    assert browser.get(at("compare", story.pk), {"a": 99}).status_code == 404


def test_a_revision_is_restored_and_says_so(browser_of, editor, story):
    answer = browser_of(editor).post(at("restore", story.pk, 1), {"base": story.version}, follow=True)

    assert "est de nouveau le texte de l’article" in answer.content.decode()
    assert current_content(Article.objects.get())["title"] == "Un"


def test_restoring_over_a_colleagues_save_is_refused(browser_of, editor, chief, story):
    page_was_at = story.version
    write(story, {"title": "Trois"}, by=chief)

    answer = browser_of(editor).post(at("restore", story.pk, 1), {"base": page_was_at}, follow=True)

    assert "Un collègue a enregistré" in answer.content.decode()
    assert Article.objects.get().title == "Trois"


def test_what_lies_in_the_bin_is_seen_and_not_restored(browser_of, editor, story):
    Article.objects.update(status="trash", trashed_at=timezone.now())
    browser = browser_of(editor)

    assert browser.get(at("history", story.pk)).status_code == 200
    assert "Rétablir" not in browser.get(at("compare", story.pk), {"a": 2}).content.decode()
    assert browser.post(at("restore", story.pk, 1)).status_code == 403


def test_an_autosave_is_nobody_elses_history(browser_of, editor, chief, story):
    autosave(story, {"title": "Secret"}, editor)

    assert "Gardé automatiquement" not in browser_of(chief).get(at("history", story.pk)).content.decode()


@pytest.mark.parametrize("who", ["lea", "camille", "moderator"])
def test_readers_see_no_history(who, request, browser_of, story):
    browser = browser_of(request.getfixturevalue(who))

    assert browser.get(at("history", story.pk)).status_code == 403
    assert browser.get(at("compare", story.pk)).status_code == 403
    assert browser.post(at("restore", story.pk, 1)).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_costs_the_same_whatever_its_length(browser_of, editor, count, django_assert_num_queries):
    story = DraftFactory()
    for number in range(count):
        write(story, {"title": f"Titre {number}"}, by=editor)
    browser = browser_of(editor)
    browser.get(at("history", story.pk))

    with django_assert_num_queries(7):
        browser.get(at("history", story.pk))


def test_a_long_history_goes_on_on_another_page(browser_of, editor):
    story = DraftFactory()
    for number in range(55):
        write(story, {"title": f"Titre {number}"}, by=editor)
    browser = browser_of(editor)

    first = browser.get(at("history", story.pk)).content.decode()
    second = browser.get(at("history", story.pk), {"avant": 7}).content.decode()

    assert "avant=7" in first
    assert ("Révision 6<" in second, "Révision 7<" in second) == (True, False)


def test_fields_are_told_in_the_words_of_the_form(editor, django_assert_max_num_queries):
    specialty, author, image = SpecialtyFactory(name="Cardiologie"), AuthorFactory(), ImageFactory()
    story = write(Article(), {"title": "Un"}, by=editor)
    old = current_content(story)
    new = {
        **old,
        "format": "case",
        "is_clinical": True,
        "primary_specialty": specialty.pk,
        "specialties": [specialty.pk],
        "tags": ["coeur"],
        "image": image.pk,
        "bylines": [{"author": author.pk, "role": "cardiologue", "affiliation": "", "interests": ""}, {"author": 999}],
        "references": [{"text": "Une étude.", "doi": "10.5555/1", "url": ""}],
    }

    with django_assert_max_num_queries(5):
        fields = {field.name: field for field in compare(old, new)}

    said = {
        name: " ".join(piece.text for row in field.comparison.rows for piece in row.new)
        for name, field in fields.items()
    }
    assert said["format"].endswith("Cas clinique")
    assert said["primary_specialty"] == said["specialties"] == "Cardiologie"
    assert "cardiologue" in said["bylines"]
    assert "999, qui n’existe plus" in said["bylines"]
    assert (said["is_clinical"], said["tags"]) == ("oui", "coeur")
    assert fields["bylines"].label == "auteurs"


def test_saves_are_thinned_and_what_was_published_is_kept(editor, chief):
    story = ArticleFactory()
    now = timezone.now().replace(minute=30)
    ages = [timedelta(days=1), timedelta(days=1, minutes=5), *(timedelta(days=10, minutes=m) for m in (1, 2, 3))]
    ages += [timedelta(days=10, hours=2), *(timedelta(days=40, hours=h) for h in (0, 1)), timedelta(days=42)]
    for number, age in enumerate(sorted(ages, reverse=True), start=1):
        ArticleRevision.objects.create(
            article=story, number=number, kind=Kind.SAVE, content={}, digest="", at=now.replace(hour=12) - age
        )
    for number, kind in ((90, Kind.PUBLISH), (91, Kind.CORRECT), (92, Kind.SUBMIT)):
        old = now - timedelta(days=400)
        ArticleRevision.objects.create(article=story, number=number, kind=kind, content={}, digest="", at=old)

    thinned = thin()

    saves = story.revisions.filter(kind=Kind.SAVE)
    assert thinned == 3
    assert sorted(now.replace(hour=12) - save.at for save in saves) == [
        timedelta(days=1),
        timedelta(days=1, minutes=5),
        timedelta(days=10, minutes=1),
        timedelta(days=10, hours=2),
        timedelta(days=40),
        timedelta(days=42),
    ]
    assert story.revisions.exclude(kind=Kind.SAVE).count() == 3
    assert thin() == 0


def test_a_working_version_is_never_thinned(editor):
    story = write(ArticleFactory(), {"title": "En chantier"}, by=editor)
    ArticleRevision.objects.update(at=timezone.now() - timedelta(days=50))

    thin()

    assert Article.objects.get().working == story.working


def test_old_autosaves_go_and_recent_ones_stay(editor):
    autosave(DraftFactory(), {"title": "Un"}, editor)
    ArticleRevision.objects.update(at=timezone.now() - timedelta(days=100))
    autosave(None, {"title": "Deux"}, editor, form_key="a")

    thin()

    assert ArticleRevision.objects.get().content == {"title": "Deux"}
