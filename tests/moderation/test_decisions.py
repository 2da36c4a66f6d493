import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from newsroom.core.refusals import Refusal
from newsroom.discussions.models import Comment
from newsroom.discussions.posting import withdraw
from newsroom.events.models import Event
from newsroom.moderation.decisions import approve, reject
from newsroom.moderation.models import Decision, Report
from newsroom.moderation.reporting import report
from tests.factories.moderation import held_comment, reported_comment


def test_approving_a_held_message_publishes_it_and_is_written_down(camille, moderator):
    comment = held_comment(camille)

    decision = approve(comment, moderator)

    comment.refresh_from_db()
    assert comment.is_published
    assert (decision.before, decision.after, decision.action, decision.reason) == ("held", "published", "approve", "")
    assert (decision.moderator, decision.moderator_name) == (moderator, "Lucie M.")
    assert Event.objects.get(kind="moderation.DecisionMade").payload["decision_id"] == decision.pk


def test_a_moderator_without_a_name_is_named_by_the_address_as_far_as_it_fits(camille, moderator):
    moderator.first_name = moderator.last_name = ""
    moderator.email = f"{'x' * 64}@{'y' * 180}.example"

    assert approve(held_comment(camille), moderator).moderator_name == moderator.email[:140]


def test_rejecting_a_held_message_keeps_reason_and_message(camille, moderator):
    comment = held_comment(camille)

    decision = reject(comment, moderator, reason="patient", message="  Retirez l’âge.  ")

    comment.refresh_from_db()
    assert (comment.status, comment.removal_reason) == ("rejected", "Donnée identifiant un patient")
    assert (decision.before, decision.after, decision.message) == ("held", "rejected", "Retirez l’âge.")


def test_keeping_a_reported_message_settles_its_reports(camille, paul, lea, moderator):
    comment = reported_comment(camille, paul, lea)

    decision = approve(comment, moderator)

    assert (decision.before, decision.after) == ("published", "published")
    assert not Report.objects.open().exists()


def test_removing_a_reported_message_settles_its_reports(camille, paul, moderator):
    comment = reported_comment(camille, paul)

    decision = reject(comment, moderator, reason="attack")

    assert decision.after == Comment.Status.REMOVED
    assert not Report.objects.open().exists()


def test_a_rejection_can_be_taken_back_by_somebody_who_knows_of_it(camille, moderator, head_moderator):
    comment = held_comment(camille)
    first = reject(comment, moderator, reason="off-topic")
    comment.refresh_from_db()

    second = approve(comment, head_moderator, seen=first.pk)

    assert (second.before, second.after) == ("rejected", "published")


def test_nothing_is_left_to_approve_in_a_published_message_without_reports(camille, paul, moderator):
    comment = reported_comment(camille)

    with pytest.raises(Refusal, match="changé entre-temps"):
        approve(comment, moderator)


def test_a_rejected_message_is_not_rejected_again(camille, moderator, head_moderator):
    comment = held_comment(camille)
    reject(comment, head_moderator, reason="attack")
    comment.refresh_from_db()

    with pytest.raises(Refusal, match=r"Déjà traité par Karim B\."):
        reject(comment, moderator, reason="attack")


def test_a_late_decision_names_the_colleague_who_was_faster(camille, moderator, head_moderator):
    comment = held_comment(camille)
    seen_by_the_other = Comment.objects.get(pk=comment.pk)
    approve(comment, head_moderator)

    with pytest.raises(Refusal, match=r"Déjà traité par Karim B\."):
        reject(seen_by_the_other, moderator, reason="attack")

    assert Decision.objects.count() == 1


def test_a_late_decision_is_refused_even_when_the_state_is_the_same(camille, paul, moderator, head_moderator):
    comment = reported_comment(camille, paul)
    approve(comment, head_moderator)

    with pytest.raises(Refusal, match=r"Déjà traité par Karim B\."):
        reject(comment, moderator, reason="attack", seen=0)


def test_a_new_report_opens_a_kept_message_again(camille, paul, lea, moderator):
    comment = reported_comment(camille, paul)
    first = approve(comment, moderator)
    report(comment, lea, reason="other")

    decision = reject(comment, moderator, reason="attack", seen=first.pk)

    assert decision.after == Comment.Status.REMOVED


def test_a_withdrawn_message_takes_no_decision(camille, moderator):
    comment = held_comment(camille)
    withdraw(comment, camille)

    with pytest.raises(Refusal, match="retiré"):
        approve(comment, moderator)


def test_an_unknown_reason_is_refused(camille, moderator):
    with pytest.raises(Refusal):
        reject(held_comment(camille), moderator, reason="other")


@pytest.mark.parametrize("person", ["camille", "editor"])
def test_only_moderators_decide(request, paul, person):
    comment = held_comment(paul)

    with pytest.raises(PermissionDenied):
        approve(comment, request.getfixturevalue(person))
    with pytest.raises(PermissionDenied):
        reject(comment, request.getfixturevalue(person), reason="attack")


def test_nothing_is_written_when_discussions_refuse(camille, moderator, monkeypatch):
    comment = held_comment(camille)
    Comment.objects.filter(pk=comment.pk).update(status="withdrawn")

    with pytest.raises(Refusal):
        approve(comment, moderator)

    assert not Decision.objects.exists()


def test_the_database_changes_and_deletes_no_decision(camille, moderator):
    decision = approve(held_comment(camille), moderator)

    with pytest.raises(IntegrityError, match="decisions_are_append_only"), transaction.atomic():
        Decision.objects.filter(pk=decision.pk).update(message="Autre chose")
    with pytest.raises(IntegrityError, match="decisions_are_append_only"), transaction.atomic():
        decision.delete()


def test_an_erased_moderator_leaves_his_signature_in_the_journal(camille, moderator):
    decision = approve(held_comment(camille), moderator)

    moderator.delete()

    decision.refresh_from_db()
    assert (decision.moderator, decision.moderator_name) == (None, "Lucie M.")


def test_only_a_rejection_has_a_reason(camille, moderator):
    decision = approve(held_comment(camille), moderator)
    decision.pk, decision.reason = None, "attack"

    with pytest.raises(IntegrityError, match="only_a_rejection_has_a_reason"), transaction.atomic():
        decision.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_the_same_moment_one_decides(camille, moderator, head_moderator):
    comment = held_comment(camille)
    start = threading.Barrier(2)
    answers = []

    def decide(verb, person, **more):
        mine = Comment.objects.get(pk=comment.pk)
        start.wait()
        try:
            answers.append(verb(mine, person, seen=0, **more).action)
        except Refusal as refusal:
            answers.append(str(refusal.message))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=decide, args=(approve, moderator)),
        threading.Thread(target=decide, args=(reject, head_moderator), kwargs={"reason": "attack"}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Decision.objects.count() == 1
    assert sum("Déjà traité par" in answer for answer in answers) == 1


def test_nobody_decides_on_a_message_of_his_own(moderator, head_moderator, lea):
    comment = reported_comment(moderator, lea)

    with pytest.raises(Refusal, match="le vôtre"):
        approve(comment, moderator)
    with pytest.raises(Refusal, match="le vôtre"):
        reject(comment, moderator, reason="attack")

    assert approve(comment, head_moderator).moderator == head_moderator
