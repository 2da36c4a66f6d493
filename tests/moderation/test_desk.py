import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from newsroom.core.typography import NARROW
from newsroom.discussions.models import Comment
from newsroom.moderation import queues
from newsroom.moderation.decisions import approve, reject
from newsroom.moderation.models import Decision
from newsroom.moderation.queues import Filters, Queue
from tests.factories.accounts import PhysicianFactory
from tests.factories.discussions import ThreadFactory, comment_in
from tests.factories.moderation import held_argument, held_comment, reported_comment


def test_each_message_waits_in_one_queue_with_its_count(camille, paul, lea):
    held_comment(camille)
    reported_comment(camille, paul, lea)

    assert {load.queue: load.count for load in queues.loads()} == {
        Queue.REPORTED: 1,
        Queue.HELD: 1,
        Queue.ARGUMENTS: 0,
    }


def test_an_argument_waits_in_its_own_queue_with_its_side(browser_of, moderator, camille):
    comment = held_argument(camille)

    page = browser_of(moderator).get("/moderation/", {"file": "arguments"}).content.decode()

    assert list(queues.waiting(Queue.ARGUMENTS, Filters(origin="debats"))) == [comment]
    assert not queues.waiting(Queue.HELD, Filters()).exists()
    assert f"position «{NARROW}Oui{NARROW}»" in page


def test_the_oldest_comes_first_and_the_age_of_the_oldest_is_known(camille, paul):
    old = held_comment(camille)
    Comment.objects.filter(pk=old.pk).update(created_at=timezone.now() - timezone.timedelta(hours=2))
    new = held_comment(paul)

    assert list(queues.waiting(Queue.HELD, Filters())) == [old, new]
    assert timezone.now() - queues.oldest_since(Queue.HELD) >= timezone.timedelta(hours=2)


def test_an_empty_queue_has_no_oldest_message(db):
    assert [queues.oldest_since(queue) for queue in Queue] == [None, None, None]


def test_a_reported_message_waits_since_its_first_open_report(camille, paul, lea):
    with time_machine.travel(timezone.now() - timezone.timedelta(hours=3), tick=False):
        long_ago = timezone.now()
        comment = reported_comment(camille, paul)
    reported_comment(camille, lea)

    first = queues.waiting(Queue.REPORTED, Filters()).first()

    assert (first, first.waiting_since, first.report_count) == (comment, long_ago, 1)
    assert queues.oldest_since(Queue.REPORTED) == long_ago


def test_the_most_reported_can_come_first(camille, paul, lea, nadia):
    once = reported_comment(camille, paul)
    twice = reported_comment(camille, lea, nadia)

    chosen = queues.waiting(Queue.REPORTED, Filters(order="signales"))

    assert list(chosen) == [twice, once]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"words": "VACCINS"}, 1),
        ({"words": "jamais vu"}, 2),
        ({"words": "introuvable"}, 0),
        ({"origin": "articles"}, 2),
        ({"origin": "debats"}, 0),
        ({"reason": "attack"}, 1),
        ({"reason": "patient"}, 1),
        ({"reason": "unlawful"}, 0),
    ],
)
def test_the_queue_is_filtered(camille, paul, lea, filters, found):
    reported_comment(camille, paul, thread=ThreadFactory(title="Des vaccins au cabinet ?"))
    reported_comment(camille, lea, thread=ThreadFactory(title="Ordonnances"), reason="patient")

    assert queues.waiting(Queue.REPORTED, Filters(**filters)).count() == found


def test_a_row_knows_the_author_s_record(camille, moderator):
    thread = ThreadFactory()
    for _time in range(3):
        comment_in(thread, author=camille)
    reject(comment_in(thread, author=camille), moderator, reason="attack")
    Comment.objects.filter(pk=comment_in(thread, author=camille).pk).update(status="held")

    row = queues.waiting(Queue.HELD, Filters()).get()

    assert (row.author_published, row.author_rejected, row.last_decision) == (3, 1, 0)


def test_the_desk_costs_the_same_number_of_queries_for_one_and_three_rows(browser_of, moderator, camille, paul, lea):
    browser = browser_of(moderator)
    counts = []
    for rows in (1, 2):
        for _row in range(rows):
            author = PhysicianFactory()
            above = comment_in(ThreadFactory(), author=camille)
            held_comment(author, thread=above.thread, parent=above)
            reported_comment(author, paul, lea)
        for queue in ("signales", "attente"):
            with CaptureQueriesContext(connection) as captured:
                assert browser.get("/moderation/", {"file": queue}).status_code == 200
            counts.append(len(captured))

    assert counts[:2] == counts[2:]
    assert max(counts) <= 14


def test_the_queue_shows_all_that_is_needed_to_decide(browser_of, moderator, camille, paul):
    above = comment_in(ThreadFactory(), author=paul, text="Le message auquel il répond.")
    held_comment(camille, thread=above.thread, parent=above)
    reported_comment(camille, paul)

    page = browser_of(moderator).get("/moderation/").content.decode()
    held = browser_of(moderator).get("/moderation/", {"file": "attente"}).content.decode()

    assert "<title>(1) Signalés" in page
    for seen in (
        "Médecin vérifié · Cardiologue",
        "1\N{NO-BREAK SPACE}signalement",
        "ton agressif",
        "Attaque personnelle",
    ):
        assert seen in page
    assert "en réponse à Dr\N{NO-BREAK SPACE}Paul S." in held
    assert "Le message auquel il répond." in held
    assert "checked" not in page


def test_an_unknown_queue_and_senseless_filters_show_the_reported_ones(browser_of, moderator, camille, paul):
    reported_comment(camille, paul)

    answer = browser_of(moderator).get("/moderation/", {"file": "x", "tri": "x", "motif": "x", "page": "x"})

    assert "Signalés" in answer.content.decode()
    assert len(answer.context["page"].object_list) == 1


def test_empty_queues_say_so(browser_of, moderator):
    browser = browser_of(moderator)

    assert "Rien n’attend ici" in browser.get("/moderation/").content.decode()
    assert "Aucun message ne correspond" in browser.get("/moderation/", {"q": "rien"}).content.decode()


def test_approving_by_the_form_goes_on_with_the_next_row(browser_of, moderator, camille, paul):
    comment, following = held_comment(camille), held_comment(paul)
    browser = browser_of(moderator)

    answer = browser.post(
        f"/moderation/{comment.pk}/decision/",
        {"action": "approve", "seen": "0", "next": following.pk, "query": "file=attente&q=premier"},
    )
    page = browser.get(answer["Location"]).content.decode()

    assert answer["Location"] == f"/moderation/?file=attente&q=premier&ligne={following.pk}#m-{following.pk}"
    assert "est approuvé" in page
    assert page.count('aria-current="true" autofocus') == 1
    assert Decision.objects.get().moderator == moderator


def test_rejecting_without_a_reason_asks_for_one_and_keeps_the_message(browser_of, moderator, camille):
    comment = held_comment(camille)

    answer = browser_of(moderator).post(
        f"/moderation/{comment.pk}/decision/",
        {"action": "reject", "seen": "0", "message": "Mon texte", "query": "file=attente"},
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choisissez un motif" in page
    assert "Mon texte</textarea>" in page
    assert not Decision.objects.exists()


def test_a_message_left_empty_becomes_the_text_of_the_reason(browser_of, moderator, camille):
    comment = held_comment(camille)

    browser_of(moderator).post(
        f"/moderation/{comment.pk}/decision/",
        {"action": "reject", "reason": "attack", "seen": "0", "message": ""},
    )

    assert Decision.objects.get().message.startswith("Votre message vise une personne")


def test_a_nonsense_action_or_reason_decides_nothing(browser_of, moderator, camille):
    comment = held_comment(camille)
    browser = browser_of(moderator)

    for data in ({"action": "x", "seen": "0"}, {"action": "reject", "reason": "x", "seen": "0"}, {"action": "approve"}):
        assert browser.post(f"/moderation/{comment.pk}/decision/", data).status_code == 422

    assert not Decision.objects.exists()


def test_a_late_decision_by_the_form_says_who_was_faster(browser_of, moderator, head_moderator, camille):
    comment = held_comment(camille)
    approve(comment, head_moderator)
    browser = browser_of(moderator)

    answer = browser.post(
        f"/moderation/{comment.pk}/decision/",
        {"action": "reject", "reason": "attack", "seen": "0", "next": "x"},
    )

    assert answer["Location"] == "/moderation/?"
    assert "Déjà traité par Karim B." in browser.get("/moderation/").content.decode()


def test_without_scripts_the_reject_link_opens_the_reasons_on_a_page_of_their_own(browser_of, moderator, camille):
    comment = held_comment(camille)
    browser = browser_of(moderator)
    queue = browser.get("/moderation/?file=attente").content.decode()

    page = browser.get(f"/moderation/{comment.pk}/decision/?query=file%3Dattente").content.decode()

    assert f'href="/moderation/{comment.pk}/decision/?query=file%3Dattente&amp;next="' in queue
    assert "data-reasons hidden" in queue
    assert "data-reasons>" in page


def test_the_page_of_a_message_shows_its_history_and_lets_a_rejection_be_taken_back(browser_of, moderator, camille):
    comment = held_comment(camille)
    decision = reject(comment, moderator, reason="off-topic", message="Ailleurs.")
    browser = browser_of(moderator)
    address = f"/moderation/{comment.pk}/decision/"

    page = browser.get(address).content.decode()
    browser.post(address, {"action": "approve", "seen": decision.pk})

    comment.refresh_from_db()
    assert "Lucie M." in page
    assert "Ailleurs." in page
    assert comment.is_published


def test_the_journal_tells_who_when_why_before_and_after(browser_of, moderator, head_moderator, camille, paul):
    approve(held_comment(camille), moderator)
    reject(held_comment(paul), head_moderator, reason="advertising", message="Pas de publicité.")
    browser = browser_of(moderator)

    page = browser.get("/moderation/journal/").content.decode()
    approvals = browser.get("/moderation/journal/", {"decision": "approve"})

    for seen in ("Karim B.", "Lucie M.", "Publicité ou promotion", "Pas de publicité.", "Rejeté"):
        assert seen in page
    assert [decision.action for decision in approvals.context["page"]] == ["approve"]


def test_the_journal_costs_the_same_number_of_queries_for_one_and_three_lines(browser_of, moderator):
    browser = browser_of(moderator)
    counts = []
    for lines in (1, 2):
        for _line in range(lines):
            approve(held_comment(PhysicianFactory()), moderator)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/moderation/journal/")
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_an_empty_journal_says_so(browser_of, moderator):
    assert "Aucune décision" in browser_of(moderator).get("/moderation/journal/").content.decode()


@pytest.mark.parametrize("address", ["/moderation/", "/moderation/journal/", "/moderation/1/decision/"])
def test_the_desk_is_closed_to_readers_and_editors(browser_of, client, camille, editor, address):
    assert client.get(address).status_code == 302
    assert browser_of(camille).get(address).status_code == 403
    assert browser_of(editor).get(address).status_code == 403


def test_a_message_that_does_not_exist_is_not_found(browser_of, moderator):
    assert browser_of(moderator).get("/moderation/999999/decision/").status_code == 404


def test_the_admin_reads_reports_and_decisions_and_changes_nothing(browser_of, administrator, moderator, camille, paul):
    comment = reported_comment(camille, paul)
    decision = approve(comment, moderator)
    browser = browser_of(administrator)

    for model in ("decision", "report"):
        assert browser.get(f"/admin/moderation/{model}/").status_code == 200
        assert browser.get(f"/admin/moderation/{model}/add/").status_code == 403
    assert browser.post(f"/admin/moderation/decision/{decision.pk}/change/", {}).status_code == 403
    assert browser.post(f"/admin/moderation/decision/{decision.pk}/delete/", {}).status_code == 403
