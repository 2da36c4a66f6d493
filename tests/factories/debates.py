"""Debates, made by the verbs themselves."""

import datetime as dt
from itertools import count

from django.utils import timezone

from debates.lifecycle import bring_in_argument, close_at, open_debate
from tests.factories.accounts import UserFactory

numbers = count(1)


def debate_of(**fields):
    """Return a debate open to physicians since yesterday; ``fields`` are those of ``open_debate``."""
    number = next(numbers)
    usual = {
        "question": f"Faut-il stocker des vaccins au cabinet, cas n° {number} ?",
        "slug": f"des-vaccins-au-cabinet-{number}",
        "opens_at": timezone.now() - dt.timedelta(days=1),
    }
    return open_debate(**(usual | fields))


def closed_debate(**fields):
    """Return a debate that was open for 23 hours, until an hour ago."""
    debate = debate_of(**fields)
    close_at(debate, timezone.now() - dt.timedelta(hours=1), UserFactory(is_superuser=True))
    return debate


def argument_in(debate, *, side=0, minutes_ago=0, text="Un motif mesuré.", author=None):
    """Return a published argument of the first side (0) or the second (1)."""
    return bring_in_argument(
        debate,
        debate.poll.choices.all()[side],
        text=text,
        author_name=author.signature if author else "Dre Hélène V.",
        at=timezone.now() - dt.timedelta(minutes=minutes_ago),
        author=author,
    )
