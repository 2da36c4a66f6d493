from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Article
from articles.publishing import publish, unpublish
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
    assert draft.is_released
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
    assert not draft.is_released


@pytest.mark.parametrize(
    ("fields", "missing"),
    [
        ({"title": " "}, "Écrivez le titre."),
        ({"body": "", "standfirst": ""}, "Écrivez le texte, ou au moins un chapô."),
        ({"primary_specialty": None}, "Choisissez la spécialité principale."),
        ({"signed_by": []}, "Indiquez un auteur."),
    ],
)
def test_what_is_missing_is_named_and_nothing_changes(chief, fields, missing):
    draft = DraftFactory(**fields)

    with pytest.raises(Refusal) as refusal:
        publish(draft, by=chief)

    assert missing in str(refusal.value.message)
    assert not Article.objects.get().is_released
    assert not Thread.objects.exists()
    assert facts() == []


def test_everything_that_is_missing_is_named_at_once(chief):
    empty = DraftFactory(title="", body="", standfirst="", primary_specialty=None, signed_by=[])

    with pytest.raises(Refusal) as refusal:
        publish(empty, by=chief)

    said = str(refusal.value.message)
    assert said.startswith("L’article ne peut pas encore être publié.")
    assert all(what in said for what in ("le titre", "un chapô", "un auteur", "la spécialité principale"))


def test_a_standfirst_alone_is_enough(chief):
    brief = DraftFactory(body="")

    publish(brief, by=chief)

    assert brief.is_released


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


def test_unpublishing_keeps_thread_and_date_and_what_readers_are_told(chief):
    story = ArticleFactory()
    thread, date = story.thread, story.published_at

    unpublish(story, by=chief, notice="Les chiffres étaient faux.")

    story.refresh_from_db()
    assert story.status == Article.Status.UNPUBLISHED
    assert (story.thread, story.published_at) == (thread, date)
    assert story.withdrawal_notice == "Les chiffres étaient faux."
    assert facts() == ["articles.ArticleUnpublished"]


def test_what_nobody_has_seen_yet_is_not_announced_as_withdrawn(chief, client):
    story = ArticleFactory(embargo_until=timezone.now() + timedelta(days=1))

    unpublish(story, by=chief)

    assert story.status == Article.Status.APPROVED
    assert client.get(story.get_absolute_url()).status_code == 404


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
