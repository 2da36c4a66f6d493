"""When readers see an article, by the clock; what follows at those moments, once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from articles.calendar import carry_out_end, carry_out_end_of_embargo, carry_out_publication
from articles.models import Article
from articles.publishing import publish, reschedule
from articles.workflow.moving import move
from articles.workflow.steps import Act
from articles.workflow.table import TABLE, moves_from
from articles.writing import write
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Thread
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory
from tests.factories.desk import rows, typed

Status = Article.Status
HOUR = timedelta(hours=1)


def facts():
    return [kind.removeprefix("articles.") for kind in Event.objects.values_list("kind", flat=True)]


def test_a_schedule_is_published_by_the_clock_and_told_once(chief, time_machine):
    time_machine.move_to("2026-03-01T08:00:00Z", tick=False)
    at = timezone.now() + HOUR
    story = publish(DraftFactory(), by=chief, at=at)
    before = (story.status, facts())

    time_machine.move_to(at, tick=False)
    is_seen = Article.objects.published().exists()
    carry_out_publication(story.pk)

    assert before == (Status.SCHEDULED, [])
    assert is_seen
    assert (Article.objects.get().status, facts()) == (Status.PUBLISHED, ["ArticlePublished"])


def test_an_embargo_that_ends_later_is_what_tells_of_the_publication(chief, time_machine):
    time_machine.move_to("2026-03-01T08:00:00Z", tick=False)
    now = timezone.now()
    story = publish(DraftFactory(embargo_until=now + 2 * HOUR), by=chief, at=now + HOUR)

    for hours in (1, 2):
        time_machine.move_to(now + hours * HOUR, tick=False)
        carry_out_publication(story.pk) if hours == 1 else carry_out_end_of_embargo(story.pk)
        assert facts() == ["ArticlePublished"] * (hours - 1)


def test_an_embargo_that_ends_before_the_date_tells_nothing(chief, time_machine):
    time_machine.move_to("2026-03-01T08:00:00Z", tick=False)
    now = timezone.now()
    story = publish(DraftFactory(embargo_until=now + HOUR), by=chief, at=now + 2 * HOUR)

    time_machine.move_to(now + HOUR, tick=False)
    carry_out_end_of_embargo(story.pk)
    time_machine.move_to(now + 2 * HOUR, tick=False)
    carry_out_publication(story.pk)

    assert facts() == ["ArticlePublished"]


def test_an_action_that_a_change_of_date_has_overtaken_does_nothing(chief):
    story = publish(DraftFactory(), by=chief, at=timezone.now() + HOUR)

    carry_out_publication(story.pk)
    carry_out_end(story.pk)

    assert (Article.objects.get().status, facts()) == (Status.SCHEDULED, [])


def test_the_end_of_publication_hides_it_and_keeps_what_was_in_hand(chief, editor, time_machine, client):
    time_machine.move_to("2026-03-01T08:00:00Z", tick=False)
    story = ArticleFactory()
    dates = {"published_at": story.published_at, "embargo_until": None}
    reschedule(story, by=chief, **dates, unpublish_at=timezone.now() + HOUR)
    write(story, {"title": "En chantier"}, by=editor)

    time_machine.move_to(timezone.now() + HOUR, tick=False)
    status_before_any_worker = client.get(story.get_absolute_url()).status_code
    carry_out_end(story.pk)

    story = Article.objects.get()
    assert status_before_any_worker == 410
    assert (story.status, story.title, story.working) == (Status.UNPUBLISHED, "En chantier", None)
    assert not Thread.objects.public().exists()


def test_what_comes_back_after_its_end_does_not_end_at_once(chief, time_machine):
    time_machine.move_to("2026-03-01T08:00:00Z", tick=False)
    story = ArticleFactory(status="unpublished", unpublish_at=timezone.now() + HOUR)
    time_machine.shift(2 * HOUR)

    publish(story, by=chief)

    assert story.unpublish_at is None
    assert Article.objects.published().exists()


def test_dates_may_not_be_given_by_who_does_not_publish(editor):
    with pytest.raises(PermissionDenied):
        reschedule(ArticleFactory(), by=editor, published_at=None, embargo_until=None, unpublish_at=None)


def test_a_released_article_keeps_a_date(chief):
    story = ArticleFactory()
    date = story.published_at

    reschedule(story, by=chief, published_at=None, embargo_until=None, unpublish_at=None)

    assert story.published_at == date


def test_a_date_put_off_hides_what_was_public(chief):
    story = ArticleFactory()

    reschedule(story, by=chief, published_at=timezone.now() + HOUR, embargo_until=None, unpublish_at=None)

    assert story.status == Status.SCHEDULED
    assert not Article.objects.published().exists()


def test_a_schedule_is_cancelled_while_its_hour_is_to_come(chief):
    story = publish(DraftFactory(), by=chief, at=timezone.now() + HOUR)

    move(story, Act.UNSCHEDULE, chief)

    assert (story.status, story.published_at) == (Status.APPROVED, None)
    assert not Thread.objects.public().exists()


def test_what_readers_see_is_not_unscheduled(chief, editor):
    story = write(ArticleFactory(), {"title": "En chantier"}, by=editor)

    with pytest.raises(Refusal):
        move(story, Act.UNSCHEDULE, chief)


def test_what_is_released_for_later_is_said_to_be_scheduled(browser_of, chief):
    draft = DraftFactory()
    content = {"title": draft.title, "body": draft.body, "primary_specialty": draft.primary_specialty_id}
    signed = rows("bylines", {"position": 1, "author": draft.bylines.get().author_id})
    tomorrow = timezone.localtime(timezone.now() + 24 * HOUR)
    dates = {"published_at_0": tomorrow.strftime("%d/%m/%Y"), "published_at_1": tomorrow.strftime("%H:%M:%S")}

    address = reverse("admin:articles_article_change", args=[draft.pk])
    answer = browser_of(chief).post(address, typed(**content, **signed, **dates, _publish=""), follow=True)

    assert any("est programmé" in str(message) for message in answer.context["messages"])
    assert Article.objects.get().status == Status.SCHEDULED


def test_cancelling_a_schedule_is_offered_while_its_hour_is_to_come(chief):
    out, coming = ArticleFactory(), publish(DraftFactory(), by=chief, at=timezone.now() + HOUR)
    for story in (out, coming):
        write(story, {"standfirst": "En chantier."}, by=chief)

    assert TABLE[Act.UNSCHEDULE] not in moves_from(out, chief)
    assert TABLE[Act.UNSCHEDULE] in moves_from(coming, chief)
