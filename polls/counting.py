"""Recounting: counters made exact again from the votes themselves."""

from django.db import transaction
from django.db.models import Count, Q

from polls.models import Choice, Poll, Vote


def recount() -> int:
    """Set every counter of polls and choices to what the votes say; return how many rows were wrong.

    Safe while readers vote: each poll is locked for its own recount, as a vote locks it. Needs no permission:
    it is run by whoever keeps the machine.
    """
    return sum(_recount_poll(poll_id) for poll_id in Poll.objects.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _recount_poll(poll_id: int) -> int:
    """Recount one poll; return how many of its rows were wrong."""
    poll = Poll.objects.select_for_update(no_key=True).get(pk=poll_id)
    by_choice = (
        Vote.objects.filter(poll=poll)
        .values_list("choice_id")
        .annotate(votes=Count("pk"), physicians=Count("pk", filter=Q(is_physician=True)))
    )
    tallies = {choice_id: (votes, physicians) for choice_id, votes, physicians in by_choice}
    corrected = sum(_correct(choice, *tallies.get(choice.pk, (0, 0))) for choice in poll.choices.all())
    all_votes = sum(votes for votes, _physicians in tallies.values())
    all_physicians = sum(physicians for _votes, physicians in tallies.values())
    return corrected + _correct(poll, all_votes, all_physicians)


def _correct(counted: Poll | Choice, votes: int, physicians: int) -> bool:
    """Store the two counters where they are wrong; say whether they were."""
    if (counted.vote_count, counted.physician_count) == (votes, physicians):
        return False
    counted.vote_count, counted.physician_count = votes, physicians
    counted.save(update_fields=["vote_count", "physician_count"])
    return True
