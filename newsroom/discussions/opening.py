"""Opening, showing and closing threads: called by the verbs of their owners, who check the permission.

A thread knows nothing of its owner: title, address and the moment from which readers may know of it are repeated in
it. Whoever changes one of them on the owner changes it here, in the same transaction.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from newsroom.core.page_cache.purging import changed
from newsroom.discussions.models import Thread


@transaction.atomic
def open_thread(
    title: str,
    path: str,
    *,
    opens_at: datetime | None,
    moderation: str = Thread.Moderation.AFTER,
) -> Thread:
    """Create and return a thread that takes comments from ``opens_at`` on (None: hidden, as ``show_from`` says).

    ``path`` begins with a slash.
    """
    return Thread.objects.create(title=title, path=path, opens_at=opens_at, moderation=moderation)


@transaction.atomic
def retitle(thread: Thread, title: str, path: str) -> None:
    """Keep the thread in step with its owner."""
    thread.title, thread.path = title, path
    thread.save(update_fields=["title", "path"])


@transaction.atomic
def show_from(thread: Thread, at: datetime | None, *, until: datetime | None = None) -> None:
    """Let readers know of the thread from ``at`` on, and ``until`` a moment where there is one.

    None for ``at`` hides it: its pages, its comments, its title.
    """
    Thread.objects.filter(pk=thread.pk).update(opens_at=at, shown_until=until)
    changed(f"thread:{thread.pk}")
    thread.opens_at, thread.shown_until = at, until


@transaction.atomic
def close(thread: Thread, at: datetime | None) -> None:
    """Take no comments from ``at`` on; None opens the thread again."""
    Thread.objects.filter(pk=thread.pk).update(closed_at=at, version=F("version") + 1)
    changed(f"thread:{thread.pk}")
    thread.refresh_from_db(fields=["closed_at", "version"])
