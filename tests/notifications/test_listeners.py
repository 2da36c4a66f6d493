"""From the outbox to the inbox to the mail, through the real switchboard."""

import pytest
from django.utils import timezone

from debates.events import ArgumentFeatured
from debates.lifecycle import feature, stop_featuring
from newsroom.discussions import moderating
from newsroom.discussions.events import CommentPublished, CommentRejected, CommentReleased
from newsroom.discussions.posting import post, withdraw
from newsroom.events import delivery as outbox
from newsroom.events.models import Event
from newsroom.moderation import decisions
from newsroom.notifications import mailing
from newsroom.notifications.listeners import (
    tell_author_of_featuring,
    tell_author_of_rejection,
    tell_author_of_release,
    tell_author_of_reply,
)
from newsroom.notifications.models import Delivery, Notification
from tests.factories.discussions import ThreadFactory, comment_in
from tests.factories.moderation import held_comment, published_argument

AT = "2026-11-24T08:00:00+00:00"


def deliver_everything():
    """Deliver the outbox and send the mail that is due, as if time had passed."""
    Event.objects.update(next_attempt_at=timezone.now())
    outbox.sweep()
    Delivery.objects.filter(state="queued").update(next_attempt_at=timezone.now())
    mailing.sweep()


@pytest.fixture
def thread(db):
    return ThreadFactory(title="Des vaccins au cabinet ?")


def test_from_the_decision_to_the_author_s_inbox_and_mailbox(thread, camille, moderator, post_office):
    comment = held_comment(camille, thread=thread)
    decisions.approve(comment, moderator)

    deliver_everything()

    notification = Notification.objects.get(recipient=camille)
    assert (notification.kind, notification.path) == ("released", comment.get_absolute_url())
    assert "Des vaccins au cabinet ?" in notification.body
    assert post_office.messages[0]["Subject"] == "Votre message est en ligne"
    assert notification.delivery.sent_at


def test_delivering_the_same_fact_twice_tells_and_sends_once(thread, camille, moderator, post_office):
    decisions.approve(held_comment(camille, thread=thread), moderator)
    deliver_everything()
    Event.objects.update(delivered_at=None, attempts=0)
    for event in Event.objects.all():
        event.receipts.all().delete()

    deliver_everything()

    assert Notification.objects.count() == 1
    assert len(post_office.received) == 1


def test_a_rejection_tells_the_reason_the_message_and_how_to_contest(thread, camille, moderator, post_office):
    decisions.reject(held_comment(camille, thread=thread), moderator, reason="patient", message="Retirez l’âge.")

    deliver_everything()

    notification = Notification.objects.get(recipient=camille)
    assert notification.title == "Votre message n’a pas été publié"
    assert notification.path == thread.path
    for told in ("Donnée identifiant un patient", "Retirez l’âge.", "moderation@observance.example"):
        assert told in notification.body
        assert told in post_office.messages[0].get_body(["plain"]).get_content()


def test_a_removal_is_called_a_removal(thread, camille, moderator):
    comment = comment_in(thread, author=camille)
    moderating.reject(comment, moderator, reason="Attaque personnelle")

    tell_author_of_rejection(CommentRejected(comment.pk, moderator.pk, "Attaque personnelle", AT))

    assert Notification.objects.get().title == "Votre message a été retiré"


def test_a_second_rejection_is_told_again(thread, camille, moderator):
    comment = held_comment(camille, thread=thread)
    for verb in (moderating.reject, moderating.release, moderating.reject, moderating.release):
        comment = verb(comment, moderator, **({"reason": "Hors sujet"} if verb is moderating.reject else {}))
        Event.objects.update(next_attempt_at=timezone.now())
        outbox.sweep()

    kinds = Notification.objects.filter(recipient=camille).order_by("id").values_list("kind", flat=True)
    assert list(kinds) == ["rejected", "released", "rejected", "released"]


def test_a_second_reason_is_told_although_the_release_in_between_never_was(thread, camille, moderator):
    comment = moderating.reject(held_comment(camille, thread=thread), moderator, reason="Hors sujet")
    deliver_everything()
    comment = moderating.release(comment, moderator)
    moderating.reject(comment, moderator, reason="Publicité ou promotion")

    deliver_everything()

    told = Notification.objects.filter(recipient=camille).order_by("id")
    assert [(one.kind, "Publicité ou promotion" in one.body) for one in told] == [
        ("rejected", False),
        ("rejected", True),
    ]


def test_a_rejection_taken_back_before_it_was_told_is_not_told(thread, camille, moderator):
    comment = held_comment(camille, thread=thread)
    moderating.release(moderating.reject(comment, moderator, reason="Hors sujet"), moderator)

    tell_author_of_rejection(CommentRejected(comment.pk, moderator.pk, "Hors sujet", AT))

    assert not Notification.objects.exists()


def test_a_release_is_not_told_when_the_message_has_gone_since(thread, camille, moderator):
    comment = moderating.release(held_comment(camille, thread=thread), moderator)
    withdraw(comment, camille)

    tell_author_of_release(CommentReleased(comment.pk, moderator.pk, AT))

    assert not Notification.objects.exists()


def test_nothing_is_told_of_a_thread_that_readers_may_not_know_of(camille, paul, moderator):
    secret = ThreadFactory(title="Sous embargo", opens_at=None)
    reply = comment_in(secret, author=paul, parent=comment_in(secret, author=camille))

    tell_author_of_reply(CommentPublished(reply.pk))
    tell_author_of_release(CommentReleased(reply.pk, moderator.pk, AT))

    assert not Notification.objects.exists()


def test_nobody_is_told_of_his_own_decision(thread, moderator):
    comment = comment_in(thread, author=moderator)

    tell_author_of_release(CommentReleased(comment.pk, moderator.pk, AT))
    moderating.reject(comment, moderator, reason="Hors sujet")
    tell_author_of_rejection(CommentRejected(comment.pk, moderator.pk, "Hors sujet", AT))

    assert not Notification.objects.exists()


def test_the_author_is_told_of_a_reply_once_it_is_published(thread, camille, paul, moderator, post_office):
    above = comment_in(thread, author=camille)
    reply = held_comment(paul, thread=thread, parent=above)
    deliver_everything()
    assert not Notification.objects.exists()

    moderating.release(reply, moderator)
    deliver_everything()

    notification = Notification.objects.get(recipient=camille)
    assert (notification.kind, notification.path) == ("reply", reply.get_absolute_url())
    assert notification.title == "Dr\N{NO-BREAK SPACE}Paul S. vous a répondu"


def test_a_reply_to_oneself_is_not_told(thread, camille):
    reply = comment_in(thread, author=camille, parent=comment_in(thread, author=camille))

    tell_author_of_reply(CommentPublished(reply.pk))

    assert not Notification.objects.exists()


def test_a_reply_removed_since_is_not_told(thread, camille, paul, moderator):
    reply = comment_in(thread, author=paul, parent=comment_in(thread, author=camille))
    moderating.reject(reply, moderator, reason="Hors sujet")

    tell_author_of_reply(CommentPublished(reply.pk))

    assert not Notification.objects.filter(recipient=camille).exists()


def test_who_has_withdrawn_the_message_is_not_told_of_replies(thread, camille, paul):
    above = comment_in(thread, author=camille)
    reply = comment_in(thread, author=paul, parent=above)
    withdraw(above, camille)

    tell_author_of_reply(CommentPublished(reply.pk))

    assert not Notification.objects.exists()


def test_messages_without_an_account_or_a_parent_tell_nobody(thread, paul, moderator):
    imported = comment_in(thread)
    reply = comment_in(thread, author=paul, parent=imported)

    tell_author_of_reply(CommentPublished(reply.pk))
    tell_author_of_reply(CommentPublished(imported.pk))
    tell_author_of_release(CommentReleased(imported.pk, moderator.pk, AT))
    tell_author_of_rejection(CommentRejected(imported.pk, moderator.pk, "Hors sujet", AT))

    assert not Notification.objects.exists()


def test_facts_about_messages_that_no_longer_exist_tell_nobody(db):
    tell_author_of_reply(CommentPublished(999_999))
    tell_author_of_release(CommentReleased(999_999, 1, AT))
    tell_author_of_rejection(CommentRejected(999_999, 1, "x", AT))

    assert not Notification.objects.exists()


def test_a_staff_reply_is_told_at_once(thread, camille, moderator):
    post(thread, text="Merci de votre avis.", by=moderator, parent=comment_in(thread, author=camille))
    Event.objects.update(next_attempt_at=timezone.now())

    outbox.sweep()

    assert Notification.objects.get().recipient == camille


def test_the_author_of_a_featured_argument_is_told_once_and_without_email(camille, chief):
    argument = published_argument(camille)
    for _time in range(2):
        feature(argument, chief)
    Event.objects.update(next_attempt_at=timezone.now())

    outbox.sweep()

    notification = Notification.objects.get(recipient=camille)
    assert (notification.kind, notification.path) == ("featured", argument.get_absolute_url())
    assert not Delivery.objects.exists()


def test_an_argument_no_longer_featured_or_one_s_own_choice_tells_nobody(camille, chief):
    argument = published_argument(camille)

    feature(argument, chief)
    tell_author_of_featuring(ArgumentFeatured(argument.pk, camille.pk))
    stop_featuring(argument, chief)
    tell_author_of_featuring(ArgumentFeatured(argument.pk, chief.pk))

    assert not Notification.objects.exists()
