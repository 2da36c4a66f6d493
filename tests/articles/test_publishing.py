from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from articles.publishing import publish, unpublish
from articles.writing import write
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Thread
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory


def facts():
    return list(Event.objects.values_list("kind", flat=True))


def test_publishing_opens_the_thread_dates_the_article_and_tells_it(chief):
    draft = DraftFactory(title="Vaccins au cabinet")

    published = publish(draft, by=chief)

    assert published is draft
    assert draft.is_published
    assert draft.published_at <= timezone.now()
    assert draft.thread.title == "Vaccins au cabinet"
    assert draft.thread.path == "/articles/vaccins-au-cabinet/"
    assert Event.objects.get().payload == {"article_id": draft.pk}
    assert facts() == ["articles.ArticlePublished"]


def test_publishing_twice_is_harmless(chief):
    draft = DraftFactory()
    publish(draft, by=chief)
    first = draft.published_at

    publish(Article.objects.get(pk=draft.pk), by=chief)

    draft.refresh_from_db()
    assert draft.published_at == first
    assert Thread.objects.count() == 1
    assert facts() == ["articles.ArticlePublished"]


def test_an_editor_may_not_publish_nor_unpublish(editor):
    draft = DraftFactory()

    with pytest.raises(PermissionDenied):
        publish(draft, by=editor)
    with pytest.raises(PermissionDenied):
        unpublish(draft, by=editor)

    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"title": " "}, "le titre"),
        ({"body": "", "standfirst": ""}, "un texte ou un chapô"),
        ({"primary_specialty": None}, "la spécialité principale"),
        ({"signed_by": []}, "un auteur"),
    ],
)
def test_what_is_missing_is_named_and_nothing_changes(chief, fields, missing):
    draft = DraftFactory(**fields)

    with pytest.raises(Refusal) as refusal:
        publish(draft, by=chief)

    assert missing in str(refusal.value.message)
    assert not Article.objects.get().is_published
    assert not Thread.objects.exists()
    assert facts() == []


def test_everything_that_is_missing_is_named_at_once(chief):
    empty = DraftFactory(title="", body="", standfirst="", primary_specialty=None, signed_by=[])

    with pytest.raises(Refusal) as refusal:
        publish(empty, by=chief)

    assert "le titre, un texte ou un chapô, un auteur et la spécialité principale" in str(refusal.value.message)


def test_a_standfirst_alone_is_enough(chief):
    brief = DraftFactory(body="")

    publish(brief, by=chief)

    assert brief.is_published


def test_a_date_to_come_is_kept_and_readers_see_it_when_the_clock_says_so(chief, time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 8, tzinfo=UTC), tick=False)
    draft = DraftFactory(published_at=datetime(2026, 3, 1, 9, tzinfo=UTC))

    publish(draft, by=chief)

    assert not Article.objects.published().exists()
    time_machine.move_to(datetime(2026, 3, 1, 9, tzinfo=UTC), tick=False)
    assert Article.objects.published().get() == draft
    assert draft.is_public_at(timezone.now())


def test_the_hour_given_to_the_verb_goes_before_the_date_of_the_draft(chief):
    at = timezone.now() + timedelta(days=1)
    draft = DraftFactory(published_at=timezone.now())

    publish(draft, by=chief, at=at)

    assert draft.published_at == at


def test_an_embargo_hides_a_published_article_until_it_is_over(db, time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 8, tzinfo=UTC), tick=False)
    story = ArticleFactory(embargo_until=datetime(2026, 3, 1, 18, tzinfo=UTC))

    hidden = list(Article.objects.published())
    time_machine.move_to(datetime(2026, 3, 1, 18, tzinfo=UTC), tick=False)

    assert hidden == []
    assert list(Article.objects.published()) == [story]


def test_unpublishing_makes_a_draft_that_keeps_thread_and_date(chief):
    story = ArticleFactory()
    thread, date = story.thread, story.published_at

    unpublish(story, by=chief)

    story.refresh_from_db()
    assert story.status == Article.Status.DRAFT
    assert (story.thread, story.published_at) == (thread, date)
    assert facts() == ["articles.ArticleUnpublished"]


def test_unpublishing_a_draft_changes_nothing(chief):
    unpublish(DraftFactory(), by=chief)

    assert facts() == []


def test_what_comes_back_has_its_old_thread(chief):
    story = ArticleFactory()
    thread = story.thread
    unpublish(story, by=chief)

    publish(story, by=chief)

    assert story.thread == thread
    assert Thread.objects.count() == 1


@pytest.mark.django_db
def test_no_article_is_published_without_date_and_thread():
    draft = DraftFactory()

    with pytest.raises(IntegrityError, match="published_article_has_date_and_thread"), transaction.atomic():
        Article.objects.filter(pk=draft.pk).update(status=Article.Status.PUBLISHED)


def test_the_thread_follows_the_title_and_the_address_stays(editor):
    story = ArticleFactory(slug="vaccins")
    story.title = "Vaccins : ce qui change"

    write(story, by=editor)

    story.refresh_from_db()
    assert story.slug == "vaccins"
    assert story.thread.title == "Vaccins : ce qui change"
    assert story.thread.path == "/articles/vaccins/"


def test_the_thread_follows_an_address_that_somebody_changes_on_purpose(editor):
    story = ArticleFactory(slug="vaccins")
    story.slug = "vaccins-au-cabinet"

    write(story, by=editor)

    assert Thread.objects.get().path == "/articles/vaccins-au-cabinet/"


def test_a_reader_does_not_write_articles(camille):
    with pytest.raises(PermissionDenied):
        write(DraftFactory.build(primary_specialty=None), by=camille)


def test_a_form_loaded_before_the_publication_does_not_take_it_back(editor, chief):
    draft = DraftFactory()
    loaded_by_the_editor = Article.objects.get(pk=draft.pk)
    publish(draft, chief)

    loaded_by_the_editor.standfirst = "Un chapô relu."
    write(loaded_by_the_editor, editor)

    article = Article.objects.get(pk=draft.pk)
    assert article.is_published
    assert article.thread is not None
    assert article.standfirst == "Un chapô relu."
