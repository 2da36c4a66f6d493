"""Threads and comments."""

from datetime import timedelta

import factory
from django.utils import timezone

from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.posting import bring_in
from newsroom.discussions.tree import step


class ThreadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Thread

    title = factory.Sequence(lambda n: f"Faut-il stocker des vaccins au cabinet ? ({n})")
    path = factory.Sequence(lambda n: f"/articles/fil-{n}/")
    opens_at = factory.LazyFunction(timezone.now)


def comment_in(thread, *, parent=None, author=None, minutes_ago=0, text="Un avis mesuré.", name="Dre Hélène V."):
    """Return a published comment, counted and rendered as the verb does it."""
    return bring_in(
        thread,
        text=text,
        author_name=author.signature if author else name,
        at=timezone.now() - timedelta(minutes=minutes_ago),
        parent=parent,
        author=author,
    )


def many_conversations(thread, number):
    """Give a thread ``number`` published root comments in bulk, counters included; their cards are bare."""
    now = timezone.now()
    Comment.objects.bulk_create(
        Comment(
            thread=thread,
            path=step(count),
            author_name="Dr Paul S.",
            source="Un avis.",
            html="<p>Un avis.</p>",
            card=f"<article>{count}</article>",
            status=Comment.Status.PUBLISHED,
            created_at=now + timedelta(seconds=count),
            published_at=now,
        )
        for count in range(1, number + 1)
    )
    thread.roots = thread.comment_count = thread.conversation_count = number
    thread.save()
