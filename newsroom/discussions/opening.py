"""Opening and closing threads: called by the verbs of their owners, who check the permission.

A thread's title and address repeat its owner's; whoever changes the owner's retitles the thread.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from newsroom.discussions.models import Thread


@transaction.atomic
def open_thread(title: str, path: str, moderation: str = Thread.Moderation.AFTER) -> Thread:
    """Create and return a thread that takes comments at once. ``path`` begins with a slash."""
    return Thread.objects.create(title=title, path=path, moderation=moderation)


@transaction.atomic
def retitle(thread: Thread, title: str, path: str) -> None:
    """Keep the thread in step with its owner."""
    thread.title, thread.path = title, path
    thread.save(update_fields=["title", "path"])


@transaction.atomic
def close(thread: Thread, at: datetime | None) -> None:
    """Take no comments from ``at`` on; None opens the thread again."""
    Thread.objects.filter(pk=thread.pk).update(closed_at=at, version=F("version") + 1)
    thread.refresh_from_db(fields=["closed_at", "version"])
