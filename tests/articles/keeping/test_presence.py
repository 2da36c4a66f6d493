"""Who has an article open, who may take over, and what he who left is told."""

import threading
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connections

from articles.models import EditingLock
from articles.presence import Notice, attend, leave, notice_of, take_over
from newsroom.core.refusals import Refusal
from tests.factories.articles import DraftFactory


@pytest.fixture
def story(db):
    return DraftFactory()


def later(time_machine, **span):
    """Move the clock on."""
    from django.utils import timezone

    time_machine.move_to(timezone.now() + timedelta(**span), tick=False)


def test_the_first_who_opens_it_holds_it_and_the_second_is_told_by_name(story, editor, chief, time_machine):
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    attend(story, chief, form_key="a")
    for _minute in range(4):
        later(time_machine, seconds=50)
        attend(story, chief, form_key="a", is_typing=True)
    later(time_machine, seconds=40)

    lock = attend(story, editor, form_key="b")

    assert lock.holder == chief
    assert notice_of(lock, editor) == Notice("Marc Aubry modifie cet article depuis 4\N{NARROW NO-BREAK SPACE}min.")
    assert notice_of(lock, chief) == notice_of(None, editor) == Notice()


def test_a_form_that_is_no_longer_seen_gives_way(story, editor, chief, time_machine):
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    attend(story, chief)
    later(time_machine, seconds=61)

    assert list(EditingLock.objects.locked_now()) == []
    lock = attend(story, editor)

    assert (lock.holder, EditingLock.objects.locked_now().get()) == (editor, lock)


def test_coming_back_after_a_while_begins_anew(story, chief, time_machine):
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    first = attend(story, chief).since
    later(time_machine, minutes=30)

    assert attend(story, chief).since - first == timedelta(minutes=30)


def test_only_typing_counts_as_work(story, chief, time_machine):
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    began = attend(story, chief).typed_at
    later(time_machine, seconds=20)

    assert attend(story, chief).typed_at == began
    assert attend(story, chief, is_typing=True).typed_at - began == timedelta(seconds=20)


def idle(time_machine, story, person):
    """Let somebody have the form open for ten minutes and type nothing."""
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    attend(story, person, form_key="a")
    for _time in range(12):
        later(time_machine, seconds=50)
        attend(story, person, form_key="a")


def test_an_idle_form_is_taken_over_told_and_logged(story, editor, chief, time_machine):
    idle(time_machine, story, chief)
    seen = attend(story, editor)
    assert notice_of(seen, editor).may_take_over

    take_over(story, editor, form_key="b")

    told = notice_of(attend(story, chief), chief)
    assert told == Notice("Anne Dupré a pris la main sur cet article.")
    entry = LogEntry.objects.get()
    assert (entry.user, entry.object_id) == (editor, str(story.pk))
    assert "Marc Aubry" in entry.change_message


def test_nobody_takes_over_from_who_is_writing(story, editor, chief):
    attend(story, chief)

    with pytest.raises(Refusal, match="Marc Aubry"):
        take_over(story, editor)

    assert EditingLock.objects.get().holder == chief


@pytest.mark.parametrize("is_seen", [True, False])
def test_taking_over_what_nobody_holds_is_to_open_it(story, editor, chief, time_machine, is_seen):
    time_machine.move_to("2026-11-24T09:00:00Z", tick=False)
    if is_seen:
        attend(story, chief)
        later(time_machine, minutes=2)

    assert take_over(story, editor).holder == editor
    assert take_over(story, editor).holder == editor
    assert not LogEntry.objects.exists()


def test_leaving_frees_it_but_an_older_form_that_closes_does_not(story, chief, editor):
    attend(story, chief, form_key="old")
    attend(story, chief, form_key="new")

    leave(story, chief, form_key="old")
    leave(story, editor, form_key="new")
    assert EditingLock.objects.exists()

    leave(story, chief, form_key="new")
    assert not EditingLock.objects.exists()


@pytest.mark.parametrize("verb", [attend, take_over])
def test_whoever_may_not_write_is_not_seen_to(story, moderator, verb):
    for person in (moderator, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            verb(story, person)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_come_at_the_same_moment_one_holds_it(editor, chief):
    story = DraftFactory()
    holders = at_once([lambda: attend(story, editor).holder, lambda: attend(story, chief).holder])

    assert holders == [EditingLock.objects.get().holder] * 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_take_over_at_the_same_moment_one_does(editor, chief, administrator):
    story = DraftFactory()
    attend(story, chief)
    EditingLock.objects.update(typed_at=EditingLock.objects.get().typed_at - timedelta(minutes=11))

    outcomes = at_once([lambda: take_over(story, editor).holder, lambda: take_over(story, administrator).holder])

    winner = EditingLock.objects.get().holder
    assert winner in {editor, administrator}
    assert sorted(outcome if isinstance(outcome, str) else "held" for outcome in outcomes) == ["Refusal", "held"]
    assert LogEntry.objects.get().user == winner


def at_once(acts):
    """Do things in threads of their own at the same moment; return what each returned, or the name of its exception."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def do(number):
        barrier.wait()
        try:
            outcomes[number] = acts[number]()
        except Refusal as refusal:
            outcomes[number] = type(refusal).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=(number,)) for number in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
