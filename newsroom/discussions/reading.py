"""Reading a thread: one page of conversations, joined by the database, in one query whatever their size."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Q
from django.http import Http404, QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from newsroom.accounts.models import User
from newsroom.core.paging import page_from
from newsroom.core.rendering import stored
from newsroom.discussions.models import Comment, CommentQuerySet, Thread
from newsroom.discussions.tree import root_of

CONVERSATIONS_A_PAGE = 20
RECENT_FIRST, OLDEST_FIRST = "recents", "anciens"
# What ``?tri=`` may say; the usual order needs no saying.
ORDERS = frozenset({RECENT_FIRST, OLDEST_FIRST})
# A person's own messages shown beside a thread.
OWN_AT_MOST = 50


@dataclass(frozen=True)
class ThreadPage:
    """One page of a thread: ``html`` is the joined list items, safe to show; pages are counted from 1."""

    html: SafeString
    page: int
    page_count: int
    order: str

    @property
    def query(self) -> QueryDict:
        """Return the parameters that links to other pages keep."""
        query = QueryDict(mutable=True)
        if self.order != RECENT_FIRST:
            query["tri"] = self.order
        return query


def conversations(thread: Thread, *, page: int | str = 1, order: str = RECENT_FIRST) -> ThreadPage:
    """Return page ``page`` of the thread, 20 conversations each, in one query; none for an empty thread.

    ``page`` and ``order`` may come as they stand in the address (``?page=2&tri=anciens``). An order that does not
    exist is the usual one; a page that does not exist raises Http404.
    """
    order = order if order in STATEMENTS else RECENT_FIRST
    page_count = max(1, -(-thread.conversation_count // CONVERSATIONS_A_PAGE))
    number = page_from(str(page))
    if number is None or number > page_count:
        raise Http404(_("This page of the discussion does not exist."))
    html = _joined_cards(thread, number, order) if thread.conversation_count else ""
    return ThreadPage(html=stored(html), page=number, page_count=page_count, order=order)


def page_of(comment: Comment) -> int:
    """Return the page that holds ``comment`` in the usual order, recent conversations first."""
    roots = Comment.objects.shown().filter(thread_id=comment.thread_id, depth=0)
    root = Comment.objects.only("created_at").get(thread_id=comment.thread_id, path=root_of(comment.path))
    newer = roots.filter(Q(created_at__gt=root.created_at) | Q(created_at=root.created_at, pk__gt=root.pk)).count()
    return newer // CONVERSATIONS_A_PAGE + 1


def own_in(thread: Thread, user: User) -> list[Comment]:
    """Return a person's own waiting and published messages in the thread, latest first."""
    own = own_messages(thread.comments.all(), user)
    return list(own.select_related("parent").order_by("-created_at", "-pk")[:OWN_AT_MOST])


def own_messages(comments: CommentQuerySet, user: User) -> CommentQuerySet:
    """Return those of ``comments`` that are the person's own, and wait or are published."""
    return comments.by(user).filter(status__in=[Comment.Status.HELD, Comment.Status.PUBLISHED])


def _joined_cards(thread: Thread, page: int, order: str) -> str:
    """Join the cards of the page's conversations in the order of reading.

    Depth is shown in two steps, in a flat list: ten levels of nested lists do not fit a telephone.
    """
    with connection.cursor() as cursor:
        values = {
            "thread": thread.pk,
            "most": CONVERSATIONS_A_PAGE,
            "skipped": (page - 1) * CONVERSATIONS_A_PAGE,
        }
        cursor.execute(STATEMENTS[order], values)
        (html,) = cursor.fetchone()
    return html or ""


# The conversations of the page come from their own index. What belongs to one is a range of places: its own and all
# that begin with it ("~" sorts after every digit of a path), so no more rows are read than are shown. The ordered
# lateral query keeps the planner from reading the whole thread and comparing every row with every conversation.
_STATEMENT = """
    WITH conversation AS MATERIALIZED (
        SELECT path, row_number() OVER (ORDER BY created_at {direction}, id {direction}) AS place
        FROM discussions_comment
        WHERE thread_id = %(thread)s AND depth = 0
          AND (status = 'published' OR (status IN ('removed', 'withdrawn') AND live_descendants > 0))
        ORDER BY created_at {direction}, id {direction}
        LIMIT %(most)s OFFSET %(skipped)s
    )
    SELECT string_agg(
        '<li class="d' || least(below.depth, 2) || '">' || below.card || '</li>', ''
        ORDER BY conversation.place, below.path
    )
    FROM conversation CROSS JOIN LATERAL (
        SELECT path, depth, card
        FROM discussions_comment
        WHERE thread_id = %(thread)s AND path >= conversation.path AND path < conversation.path || '~'
          AND (status = 'published' OR (status IN ('removed', 'withdrawn') AND live_descendants > 0))
        ORDER BY path
    ) AS below
"""
STATEMENTS = {
    RECENT_FIRST: _STATEMENT.format(direction="DESC"),
    OLDEST_FIRST: _STATEMENT.format(direction="ASC"),
}
