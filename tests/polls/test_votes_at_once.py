"""Real threads on real connections: what a lock is for."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from newsroom.events.models import Event
from polls.models import Choice, Poll, Vote
from polls.voting import vote
from tests.factories.accounts import PhysicianFactory, staff
from tests.factories.polls import PollFactory
from tests.polls.test_polls_admin import address, sent

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*acts):
    """Run the acts in as many threads, let go together; return what each returned."""
    barrier = Barrier(len(acts))

    def run(act):
        try:
            barrier.wait(timeout=10)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_twenty_readers_at_once_are_counted_exactly():
    poll = PollFactory()
    visits, consultations, _nothing = poll.choices.all()
    readers = PhysicianFactory.create_batch(20)

    at_once(
        *(
            lambda reader=reader, choice=choice: vote(poll, choice, reader)
            for reader, choice in zip(readers, [visits, consultations] * 10, strict=True)
        ),
    )

    poll = Poll.objects.get()
    assert (poll.vote_count, poll.physician_count) == (20, 20)
    assert list(poll.choices.values_list("vote_count", flat=True)) == [10, 10, 0]
    assert Event.objects.count() == 20


def test_a_vote_while_an_editor_saves_is_neither_lost_nor_reworded(browser_of):
    poll = PollFactory(choices=["Oui", "Non"])
    choice, reader = poll.choices.first(), PhysicianFactory()
    form = sent(poll, **{"choices-0-label": "Jamais"})
    browser = browser_of(staff("editor"))

    def save():
        try:
            browser.post(address(poll), form)
        finally:
            connection.close()

    with transaction.atomic():
        vote(poll, choice, reader)
        saving = Thread(target=save)
        saving.start()
        # Long enough for the editor's request to have read what it will write back.
        saving.join(timeout=1)
    saving.join()

    poll, choice = Poll.objects.get(), Choice.objects.get(pk=choice.pk)
    assert (poll.vote_count, choice.vote_count, choice.label) == (1, 1, "Oui")
    assert poll.introduction == "Deux phrases."


def test_a_double_click_is_one_vote():
    poll = PollFactory()
    choice = poll.choices.first()
    reader = PhysicianFactory()

    first, second = at_once(*[lambda: vote(poll, choice, reader)] * 2)

    assert first == second
    assert Vote.objects.count() == 1
    assert Poll.objects.get().vote_count == 1


def test_a_reader_who_changes_in_two_windows_at_once_is_counted_once():
    poll = PollFactory(takes_changes=True)
    visits, consultations, nothing = poll.choices.all()
    reader = PhysicianFactory()
    vote(poll, nothing, reader)

    at_once(lambda: vote(poll, visits, reader), lambda: vote(poll, consultations, reader))

    kept = Vote.objects.get().choice_id
    counted = dict(poll.choices.values_list("pk", "vote_count"))
    assert counted == {pk: int(pk == kept) for pk in counted}
    assert Poll.objects.get().vote_count == 1
