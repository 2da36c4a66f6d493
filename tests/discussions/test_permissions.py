from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.permissions import can_comment, can_moderate, can_withdraw
from tests.factories.discussions import ThreadFactory, comment_in

# People are asked for by name below: the marks tell pytest beforehand that rows are needed.
pytestmark = pytest.mark.django_db


def test_verified_professionals_and_staff_comment_in_open_threads(camille, lea, editor):
    now = timezone.now()
    is_open, is_closed = Thread(opens_at=now), Thread(opens_at=now, closed_at=now - timedelta(minutes=1))

    assert can_comment(camille, is_open)
    assert can_comment(editor, is_open)
    assert not can_comment(lea, is_open)
    assert not can_comment(AnonymousUser(), is_open)
    assert not can_comment(camille, is_closed)
    assert not can_comment(editor, Thread())


def test_only_the_author_withdraws_and_only_what_stands(camille, paul):
    comment = Comment(author=camille, status=Comment.Status.PUBLISHED)
    gone = Comment(author=camille, status=Comment.Status.REMOVED)

    assert can_withdraw(camille, comment)
    assert not can_withdraw(paul, comment)
    assert not can_withdraw(AnonymousUser(), Comment(author=None))
    assert not can_withdraw(camille, gone)


@pytest.mark.parametrize(
    ("name", "may"),
    [
        ("lea", False),
        ("camille", False),
        ("editor", False),
        ("chief", False),
        ("moderator", True),
        ("head_moderator", True),
        ("administrator", True),
    ],
)
def test_moderators_moderate(request, name, may):
    assert can_moderate(request.getfixturevalue(name)) is may


@pytest.mark.parametrize("name", ["editor", "chief", "moderator", "head_moderator"])
def test_staff_may_look_at_comments_and_threads(request, name):
    person = request.getfixturevalue(name)

    assert person.has_perms(["discussions.view_comment", "discussions.view_thread"])
    assert not person.has_perm("discussions.change_comment")


def test_the_admin_shows_comments_and_changes_none(administrator, browser_of):
    thread = ThreadFactory()
    comment = comment_in(thread, text="Tel qu'écrit.")
    browser = browser_of(administrator)
    address = reverse("admin:discussions_comment_change", args=[comment.pk])

    listed = browser.get(reverse("admin:discussions_comment_changelist"))
    shown = browser.get(address)
    changed = browser.post(address, {"source": "Récrit."})

    comment.refresh_from_db()
    assert listed.status_code == shown.status_code == 200
    assert reverse("moderation:queue") in shown.content.decode()
    assert changed.status_code == 403
    assert comment.source == "Tel qu'écrit."
    for action in ("add", "delete"):
        args = [comment.pk] if action == "delete" else []
        assert browser.get(reverse(f"admin:discussions_comment_{action}", args=args)).status_code == 403
    assert browser.get(reverse("admin:discussions_thread_change", args=[thread.pk])).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_admins_list_costs_the_same_for_one_and_three(administrator, browser_of, number, django_assert_num_queries):
    for _count in range(number):
        comment_in(ThreadFactory())
    browser = browser_of(administrator)

    with django_assert_num_queries(4):
        browser.get(reverse("admin:discussions_comment_changelist"))
