"""Telling readers what was wrong: for good, on what they have seen, dated when it matters."""

import threading
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from articles.contents import content_of
from articles.correcting import correct
from articles.models import Article, ArticleRevision, Correction
from articles.publishing import publish, unpublish
from articles.writing import write
from newsroom.core.refusals import Refusal
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.desk import rows, typed

Kind = Correction.Kind


def test_a_correction_on_substance_dates_the_article(chief):
    story = ArticleFactory()

    correction = correct(story, " La dose était fausse.\r\n", chief, kind=Kind.FIGURE, is_substantive=True)

    story.refresh_from_db()
    assert (correction.text, correction.kind) == ("La dose était fausse.", Kind.FIGURE)
    assert story.corrected_at == correction.made_at
    assert story.corrections.get() == correction


def test_a_correction_on_form_leaves_the_date_alone(chief):
    story = ArticleFactory()
    first = correct(story, "La dose était fausse.", chief, is_substantive=True)

    correct(story, "Le nom était mal écrit.", chief, kind=Kind.ATTRIBUTION, is_substantive=False)

    story.refresh_from_db()
    assert story.corrected_at == first.made_at
    assert [told.is_substantive for told in story.corrections.newest_first()] == [False, True]


def test_what_readers_see_is_kept_with_the_correction_and_the_working_version_stays(chief):
    story = ArticleFactory(title="En ligne")
    write(story, {"title": "En travail"}, by=chief)

    correct(story, "Le titre était faux.", chief)

    story.refresh_from_db()
    kept = story.revisions.get(kind=ArticleRevision.Kind.CORRECT)
    assert kept.content == content_of(story)
    assert (kept.content["title"], kept.note, kept.by) == ("En ligne", "Le titre était faux.", chief)
    assert (kept.number, story.version) == (3, 3)
    assert story.working.content["title"] == "En travail"


def test_a_correction_is_a_fact(chief):
    story = ArticleFactory()

    correction = correct(story, "La dose était fausse.", chief)

    event = Event.objects.get(kind="articles.ArticleCorrected")
    assert event.payload == {"article_id": story.pk, "correction_id": correction.pk}


@pytest.mark.parametrize("text", ["", "  \n", "\x00"])
def test_a_correction_without_words_is_refused(chief, text):
    story = ArticleFactory()

    with pytest.raises(Refusal):
        correct(story, text, chief)

    story.refresh_from_db()
    assert (story.corrected_at, story.version, Correction.objects.count()) == (None, 0, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": timezone.now() + timedelta(days=1), "status": Article.Status.SCHEDULED},
        {"embargo_until": timezone.now() + timedelta(days=1)},
    ],
)
def test_what_readers_have_not_seen_is_not_corrected(chief, fields):
    with pytest.raises(Refusal, match="n’ont pas encore vu"):
        correct(ArticleFactory(**fields), "Faux.", chief)


def test_a_draft_is_not_corrected(chief):
    with pytest.raises(Refusal):
        correct(DraftFactory(), "Faux.", chief)


def test_what_was_taken_back_may_still_be_corrected(chief):
    story = publish(DraftFactory(), by=chief)
    unpublish(story, by=chief)

    assert correct(story, "Faux de bout en bout.", chief).article == story


def test_it_takes_the_right_to_publish(editor, camille):
    story = ArticleFactory()

    for person in (editor, camille, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            correct(story, "Faux.", person)

    assert not Correction.objects.exists()


def test_those_who_do_not_publish_are_offered_no_correction(browser_of, editor, chief):
    seen, draft = ArticleFactory(), DraftFactory()
    field = 'name="corrections-0-text"'

    def form_of(person, article):
        address = reverse("admin:articles_article_change", args=[article.pk])
        return browser_of(person).get(address).content.decode()

    assert field in form_of(chief, seen)
    assert field not in form_of(chief, draft)
    assert field not in form_of(editor, seen)


def test_a_form_sent_by_somebody_who_does_not_publish_corrects_nothing(browser_of, editor):
    story = ArticleFactory()
    form = typed(**rows("corrections", {"kind": "error", "text": "Faux."}), _save="")

    browser_of(editor).post(reverse("admin:articles_article_change", args=[story.pk]), form)

    assert not Correction.objects.exists()


def test_an_untouched_row_of_the_form_is_no_correction(browser_of, chief):
    story = ArticleFactory()
    form = typed(**rows("corrections", {"kind": "error", "is_substantive": "on", "text": ""}), _save="")

    answer = browser_of(chief).post(reverse("admin:articles_article_change", args=[story.pk]), form)

    assert answer.status_code == 302
    assert not Correction.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_corrections_at_once_are_both_kept_and_numbered(chief):
    story = ArticleFactory()
    start = threading.Barrier(2)

    def tell(text):
        start.wait()
        correct(Article.objects.get(pk=story.pk), text, chief)
        connections.close_all()

    threads = [threading.Thread(target=tell, args=[text]) for text in ("Une dose.", "Un nom.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    story.refresh_from_db()
    assert set(story.corrections.values_list("text", flat=True)) == {"Une dose.", "Un nom."}
    assert sorted(story.revisions.values_list("number", flat=True)) == [1, 2]
    assert (story.version, story.corrected_at) == (2, story.corrections.newest_first()[0].made_at)
