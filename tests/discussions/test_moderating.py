import pytest
from django.core.exceptions import PermissionDenied

from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Comment, Thread
from newsroom.discussions.moderating import pick, reject, release
from newsroom.discussions.posting import post, withdraw
from newsroom.events.models import Event
from tests.factories.discussions import ThreadFactory, comment_in

Status = Comment.Status


@pytest.fixture
def thread(db):
    return ThreadFactory()


@pytest.fixture
def held(thread, paul):
    """Paul's first message, which waits."""
    comment = post(thread, text="Bonjour à tous.", by=paul)
    Event.objects.all().delete()
    return comment


def kinds():
    return sorted(Event.objects.values_list("kind", flat=True))


def counters(thread):
    thread.refresh_from_db()
    return thread.comment_count, thread.conversation_count


def test_releasing_publishes_a_held_message_and_counts_it(thread, held, moderator):
    released = release(held, moderator)

    assert released.is_published
    assert released.published_at
    assert counters(thread) == (1, 1)
    assert kinds() == ["discussions.CommentPublished", "discussions.CommentReleased"]


def test_rejecting_a_held_message_changes_nothing_for_readers(thread, held, moderator):
    rejected = reject(held, moderator, reason="hors sujet")

    assert rejected.status == Status.REJECTED
    assert rejected.removal_reason == "hors sujet"
    assert counters(thread) == (0, 0)
    assert thread.version == 0
    assert kinds() == ["discussions.CommentRejected"]


def test_a_rejected_message_can_still_be_released(thread, held, moderator):
    rejected = reject(held, moderator, reason="hors sujet")

    released = release(rejected, moderator)

    assert released.is_published
    assert released.removal_reason == ""
    assert counters(thread) == (1, 1)


def test_rejecting_a_published_message_removes_it_with_its_reason(thread, camille, moderator):
    comment = comment_in(thread, author=camille, text="Une attaque.")
    reply = comment_in(thread, parent=comment)

    removed = reject(comment, moderator, reason="attaque personnelle")

    reply.refresh_from_db()
    assert removed.status == Status.REMOVED
    assert "Message retiré par la modération\N{NO-BREAK SPACE}: attaque personnelle." in removed.card
    assert "Une attaque" not in removed.card
    assert "Camille" not in removed.card + reply.card
    assert counters(thread) == (1, 1)


def test_a_removed_message_with_replies_comes_back_whole(thread, camille, moderator):
    comment = comment_in(thread, author=camille, text="Un avis tranché.")
    reply = comment_in(thread, parent=comment)
    first_published = comment.published_at
    removed = reject(comment, moderator, reason="erreur")

    released = release(removed, moderator)

    reply.refresh_from_db()
    assert "Un avis tranché." in released.card
    assert "Camille" in reply.card
    assert released.published_at == first_published
    assert counters(thread) == (2, 1)


def test_a_removed_message_without_replies_comes_and_goes_with_its_conversation(thread, camille, moderator):
    comment = comment_in(thread, author=camille)

    removed = reject(comment, moderator, reason="erreur")
    counters_without = counters(thread)
    release(removed, moderator)

    assert counters_without == (0, 0)
    assert counters(thread) == (1, 1)


def test_a_reply_released_under_a_removed_message_brings_the_conversation_back(thread, camille, paul, moderator):
    root = comment_in(thread, author=camille)
    reply = post(thread, text="Bonjour.", by=paul, parent=root)
    reject(root, moderator, reason="attaque personnelle")
    counters_before = counters(thread)

    release(reply, moderator)

    assert counters_before == (0, 0)
    assert counters(thread) == (1, 1)
    assert set(Comment.objects.shown()) == {root, reply}


def test_a_reply_released_under_a_removed_one_leaves_the_conversation_as_it_was(thread, camille, paul, moderator):
    root = comment_in(thread)
    removed = comment_in(thread, parent=root, author=camille)
    reply = post(thread, text="Bonjour.", by=paul, parent=removed)
    reject(removed, moderator, reason="attaque personnelle")

    release(reply, moderator)

    assert counters(thread) == (2, 1)
    assert set(Comment.objects.shown()) == {root, removed, reply}


def test_a_decision_taken_meanwhile_is_not_overruled(held, moderator, head_moderator):
    seen_by_both = Comment.objects.get(pk=held.pk)
    release(held, head_moderator)

    with pytest.raises(Refusal, match="déjà publié"):
        reject(seen_by_both, moderator, reason="hors sujet")

    held.refresh_from_db()
    assert held.is_published


def test_a_published_message_is_not_released_again(thread, camille, moderator):
    comment = comment_in(thread, author=camille)

    with pytest.raises(Refusal, match="déjà publié"):
        release(comment, moderator)


@pytest.mark.parametrize("verb", [release, lambda comment, by: reject(comment, by, reason="hors sujet")])
def test_a_withdrawn_message_is_its_authors_affair(thread, camille, moderator, verb):
    comment = withdraw(comment_in(thread, author=camille), camille)

    with pytest.raises(Refusal, match="Son auteur"):
        verb(comment, moderator)


def test_a_rejected_message_is_not_rejected_again(held, moderator):
    rejected = reject(held, moderator, reason="hors sujet")

    with pytest.raises(Refusal, match="déjà été refusé"):
        reject(rejected, moderator, reason="hors sujet")


@pytest.mark.parametrize("person", ["lea", "camille", "editor", "chief"])
def test_only_moderators_decide(request, held, person):
    someone = request.getfixturevalue(person)

    with pytest.raises(PermissionDenied):
        release(held, someone)
    with pytest.raises(PermissionDenied):
        reject(held, someone, reason="hors sujet")
    with pytest.raises(PermissionDenied):
        pick(held, someone)


@pytest.mark.parametrize("person", ["moderator", "head_moderator", "administrator"])
def test_every_moderator_decides(request, held, person):
    assert release(held, request.getfixturevalue(person)).is_published


def test_a_pick_is_marked_in_its_card_and_unmarked(thread, camille, moderator):
    comment = comment_in(thread, author=camille)

    picked = pick(comment, moderator)
    marked = "cmt--pick" in picked.card
    unpicked = pick(picked, moderator, is_pick=False)

    assert marked
    assert "cmt--pick" not in unpicked.card
    assert Thread.objects.get(pk=thread.pk).version == 3


def test_a_message_that_is_not_published_is_no_pick(held, moderator):
    with pytest.raises(Refusal):
        pick(held, moderator)
