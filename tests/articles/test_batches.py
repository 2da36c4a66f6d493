"""One act on many articles: asked for at once, done one by one, each with its own outcome."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from articles import batching
from articles.batching import ATTEMPTS, ask_for, work
from articles.emptying import empty_bin
from articles.models import Article, Batch, BatchItem
from articles.publishing import publish
from articles.tasks import work_batches
from articles.workflow.moving import move
from articles.workflow.steps import Act
from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Thread
from newsroom.events.models import Event
from tests.factories.articles import ArticleFactory, DraftFactory

LIST = "admin:articles_article_changelist"


def outcomes(batch):
    return [(item.outcome, item.message) for item in batch.items.order_by("pk")]


def ticked(act, *articles):
    return {"action": f"act_{act}", "_selected_action": [article.pk for article in articles]}


def test_each_article_has_its_own_outcome(browser_of, chief):
    ready, empty = DraftFactory(title="Prêt"), DraftFactory(title="Incomplet", signed_by=[])

    answer = browser_of(chief).post(reverse(LIST), ticked("publish", ready, empty))
    work()

    batch = Batch.objects.get()
    assert answer["Location"] == reverse("desk:batch", args=[batch.pk])
    done, refused = batch.items.get(article=ready), batch.items.get(article=empty)
    assert (done.outcome, done.message) == ("done", "")
    assert (refused.outcome, "un auteur" in refused.message) == ("refused", True)
    assert list(Article.objects.published()) == [ready]


def test_the_page_says_how_far_it_has_come(browser_of, chief):
    batch = ask_for(Act.PUBLISH, [DraftFactory(), DraftFactory(title="Second")], chief)
    browser, where = browser_of(chief), reverse("desk:batch", args=[batch.pk])
    work(most=1)

    during = browser.get(where).content.decode()
    work()
    afterwards = browser.get(where).content.decode()

    assert "1 sur 2" in during
    assert "data-unfinished" in during
    assert "2 sur 2" in afterwards
    assert "data-unfinished" not in afterwards


def test_a_batch_is_seen_by_who_asked_for_it_and_by_who_publishes(browser_of, editor, chief, camille):
    mine = reverse("desk:batch", args=[ask_for(Act.SUBMIT, [DraftFactory()], editor).pk])
    chiefs = reverse("desk:batch", args=[ask_for(Act.SUBMIT, [DraftFactory()], chief).pk])

    seen = [
        browser_of(who).get(where).status_code
        for who, where in ((editor, mine), (chief, mine), (editor, chiefs), (camille, mine))
    ]

    assert seen == [200, 200, 403, 403]


def test_an_editor_is_offered_what_he_may_do_and_can_ask_for_nothing_else(browser_of, editor):
    draft = DraftFactory()
    browser = browser_of(editor)

    page = browser.get(reverse(LIST)).content.decode()
    browser.post(reverse(LIST), ticked("publish", draft))

    assert ('value="act_submit"' in page, 'value="act_publish"' in page) == (True, False)
    assert not Batch.objects.exists()
    with pytest.raises(PermissionDenied):
        ask_for(Act.PUBLISH, [draft], editor)
    with pytest.raises(PermissionDenied):
        ask_for(Act.PUBLISH_CHANGES, [draft], editor)
    with pytest.raises(Refusal):
        ask_for(Act.SUBMIT, [], editor)


def test_rights_are_asked_again_when_the_turn_comes(chief):
    batch = ask_for(Act.PUBLISH, [DraftFactory()], chief)
    chief.groups.clear()

    work()

    assert outcomes(batch)[0][0] == "refused"
    assert not Article.objects.published().exists()


@pytest.mark.parametrize("act", [Act.SUBMIT, Act.UNPUBLISH, Act.TRASH])
def test_every_kind_of_act_goes_through_its_verb(act, chief):
    article = ArticleFactory() if act == Act.UNPUBLISH else DraftFactory()
    batch = ask_for(act, [article], chief, note="Chiffres faux.")

    work()

    assert outcomes(batch) == [("done", "")]
    article.refresh_from_db()
    assert article.status == {Act.SUBMIT: "review", Act.UNPUBLISH: "unpublished", Act.TRASH: "trash"}[act]


def test_one_that_fails_keeps_none_of_the_others_waiting(chief, monkeypatch):
    poisoned, sound = DraftFactory(), DraftFactory()
    batch = ask_for(Act.PUBLISH, [poisoned, sound], chief)

    def fail_on_one(article, by):
        if article == poisoned:
            raise RuntimeError
        return publish(article, by)

    monkeypatch.setattr(batching, "publish", fail_on_one)
    work()

    assert [outcome for outcome, _message in outcomes(batch)] == ["failed", "done"]


def test_one_that_kills_its_worker_is_given_up_in_the_end(chief):
    batch = ask_for(Act.PUBLISH, [DraftFactory(), DraftFactory()], chief)
    first = batch.items.first()
    BatchItem.objects.filter(pk=first.pk).update(attempts=ATTEMPTS)

    work()

    assert [outcome for outcome, _message in outcomes(batch)] == ["failed", "done"]


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_article(chief):
    ask_for(Act.PUBLISH, DraftFactory.create_batch(8), chief)
    done = []

    def sweep():
        done.append(work())
        connections.close_all()

    workers = [threading.Thread(target=sweep) for _worker in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(done) == 8
    assert Event.objects.filter(kind="articles.ArticlePublished").count() == 8


def test_the_task_rings_for_another_round_while_something_waits(chief, monkeypatch):
    ask_for(Act.PUBLISH, [DraftFactory()], chief)
    rung = []
    monkeypatch.setattr(work_batches, "delay", lambda: rung.append(1))

    work_batches()
    work_batches()

    assert rung == [1]


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_costs_the_same_whatever_the_number(count, browser_of, chief, django_assert_max_num_queries):
    batch = ask_for(Act.PUBLISH, DraftFactory.create_batch(count), chief)
    browser = browser_of(chief)

    with django_assert_max_num_queries(8):
        browser.get(reverse("desk:batch", args=[batch.pk]))


def test_the_bin_is_emptied_after_thirty_days(editor, chief):
    kept, gone, called_off = DraftFactory(title="Récent"), DraftFactory(), DraftFactory()
    publish(called_off, by=chief, at=timezone.now() + timedelta(hours=1))
    move(called_off, Act.UNSCHEDULE, chief)
    for article in (kept, gone, called_off):
        move(article, Act.TRASH, editor)
    old = timezone.now() - timedelta(days=31)
    Article.objects.exclude(pk=kept.pk).update(trashed_at=old)

    emptied = empty_bin()

    assert emptied == 2
    assert list(Article.objects.all()) == [kept]
    assert not Thread.objects.exists()
    assert empty_bin() == 0
