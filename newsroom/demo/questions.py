"""Consultations and debates of the demo, with their votes."""

import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from articles.models import Article
from newsroom.accounts.models import User
from newsroom.core.typography import typo_text
from newsroom.demo.content import read
from newsroom.demo.moments import Clock
from newsroom.demo.people import People
from polls.models import Choice, Poll
from polls.voting import vote


def load_polls(clock: Clock, people: People) -> None:
    """Create the missing consultations, have them answered, hang them under their articles, close the old."""
    for told in read("polls")["poll"]:
        if Poll.objects.filter(slug=told["slug"]).exists():
            continue
        poll = Poll.objects.create(
            slug=told["slug"],
            question=typo_text(told["question"]),
            introduction=typo_text(told["introduction"]),
            opens_at=clock.ago(told["opened_hours_ago"]),
        )
        labels = enumerate(told["choices"], start=1)
        choices = [Choice.objects.create(poll=poll, label=label, position=position) for position, label in labels]
        _answer(poll, dict(zip(choices, told["votes"], strict=True)), voters(people, told["slug"]))
        # Votes are cast while it has no closing date.
        Poll.objects.filter(pk=poll.pk).update(closes_at=closing(told, clock))
        Article.objects.filter(slug__in=told["articles"]).update(poll=poll)


def voters(people: People, seed: str) -> list[User]:
    """Return the readers in an order that depends on `seed` alone; visitors vote with the logins."""
    readers = [user for name, user in people.items() if "." in name]
    random.Random(seed).shuffle(readers)  # noqa: S311 - who answers what in an invented poll
    return readers


def closing(told: dict[str, Any], clock: Clock) -> datetime:
    """Return when a described poll or debate closes, past or to come."""
    if "closed_hours_ago" in told:
        return clock.ago(told["closed_hours_ago"])
    return clock.in_days(told["closes_in_days"])


def _answer(poll: Poll, counts: dict[Choice, int], readers: Iterable[User]) -> None:
    waiting = iter(readers)
    for choice, count in counts.items():
        for _ in range(count):
            vote(poll, choice, next(waiting))
