"""Against a real SMTP server: what is sent, when, and how often."""

import threading
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from newsroom.notifications import mailing, tasks
from newsroom.notifications.mailing import LEASE, MOST_ATTEMPTS, next_attempt, send, sweep
from newsroom.notifications.models import Delivery, Kind, Preference
from newsroom.notifications.telling import tell


@pytest.fixture
def delivery(camille):
    return letter(camille)


def letter(person, number=1, **more):
    """Tell somebody of a reply and return the e-mail that waits."""
    told = {"kind": Kind.REPLY, "title": "Dr Paul S. vous a répondu", "body": "Sous « Les vaccins ».", **more}
    return tell(person, key=f"reply:{number}", path="/commentaires/12/", **told).delivery


def test_an_email_is_sent_once_and_dated(delivery, post_office):
    assert send(delivery.pk) is True
    assert send(delivery.pk) is False

    delivery.refresh_from_db()
    assert len(post_office.received) == 1
    assert (delivery.state, delivery.attempts, delivery.claimed_until) == ("sent", 1, None)
    assert delivery.sent_at is not None
    assert delivery.is_settled


def test_the_message_says_who_it_is_from_why_and_how_to_stop(delivery, post_office):
    send(delivery.pk)

    message = post_office.messages[0]
    assert message["Message-ID"] == delivery.message_id
    assert message["Subject"] == "Dr Paul S. vous a répondu"
    assert message["From"] == "L’Observance <ne-pas-repondre@observance.example>"
    assert message["To"] == "camille@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<notifications.testserver>"
    assert message["List-Unsubscribe"] == "<http://testserver/moi/preferences/>"
    assert message["Reply-To"] is None


def test_text_and_html_say_the_same_and_load_nothing(delivery, post_office):
    send(delivery.pk)

    message = post_office.messages[0]
    text = message.get_body(["plain"]).get_content()
    html = unescape(message.get_body(["html"]).get_content())
    for part in (text, html):
        assert "http://testserver/commentaires/12/" in part
        assert "http://testserver/moi/preferences/" in part
        assert "Dr\N{NO-BREAK SPACE}Paul S. vous a répondu" in part
    assert "{" not in text
    assert 'style="' in html
    assert "prefers-color-scheme: dark" in html
    assert "<img" not in html
    assert "src=" not in html
    assert len(html) < 80_000


def test_what_people_write_is_escaped_in_html_and_plain_in_text(camille, post_office):
    send(letter(camille, title="<b>Dr & co</b>", body="1 < 2").pk)

    message = post_office.messages[0]
    assert message["Subject"] == "<b>Dr & co</b>"
    assert "1 < 2" in message.get_body(["plain"]).get_content()
    assert "&lt;b&gt;Dr &amp; co" in message.get_body(["html"]).get_content()


def test_a_subject_has_sixty_signs_at_most_and_one_line(camille, post_office):
    send(letter(camille, title="Un titre\nbien " + "long " * 30).pk)

    subject = post_office.messages[0]["Subject"].strip()
    assert len(subject) <= 60
    assert subject.endswith("…")


def test_a_rejection_can_be_answered(camille, post_office):
    send(letter(camille, kind=Kind.REJECTED).pk)

    assert post_office.messages[0]["Reply-To"] == "moderation@observance.example"


def test_the_house_may_name_another_address_for_appeals(camille, post_office, settings):
    settings.MODERATION_EMAIL = "recours@observance.example"

    send(letter(camille, kind=Kind.REJECTED).pk)

    assert post_office.messages[0]["Reply-To"] == "recours@observance.example"


def test_a_server_that_says_later_gets_the_same_message_again(delivery, post_office):
    post_office.answers = ["451 Requested action aborted: local error in processing"]

    assert send(delivery.pk) is False
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("queued", 1)
    assert "451" in delivery.error
    assert delivery.next_attempt_at > timezone.now()

    Delivery.objects.update(next_attempt_at=timezone.now())
    assert sweep() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 2, "")
    assert post_office.messages[0]["Message-ID"] == delivery.message_id


@pytest.mark.parametrize("answer", ["550 No such user here", "552 Too much mail"])
def test_a_recipient_refused_for_good_is_not_tried_again(delivery, post_office, answer):
    post_office.recipient_answers = [answer]

    assert send(delivery.pk) is False

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", 1)
    assert answer[:3] in delivery.error
    assert sweep() == 0


def test_a_sender_refused_for_good_is_ours_to_mend_and_the_email_waits(delivery, post_office):
    post_office.sender_answers = ["550 Who are you"]

    send(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == "queued"
    assert "Who are you" in delivery.error


def test_a_recipient_refused_for_now_is_tried_again(delivery, post_office):
    post_office.recipient_answers = ["450 Greylisted"]

    send(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == "queued"


def test_a_text_refused_for_good_is_not_tried_again(delivery, post_office):
    post_office.answers = ["554 Message refused"]

    send(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == "failed"


def test_a_connection_lost_after_the_text_sends_it_again_with_the_same_message_id(delivery, post_office):
    """Whether the server has taken it cannot be known: at this one point delivery is at least once."""
    post_office.answers = [post_office.HANG_UP]

    assert send(delivery.pk) is False
    delivery.refresh_from_db()
    assert delivery.state == "queued"
    assert "SMTPServerDisconnected" in delivery.error

    assert send(delivery.pk) is True
    assert [message["Message-ID"] for message in post_office.messages] == [delivery.message_id] * 2


def test_a_server_that_is_away_is_tried_again(delivery, no_post_office):
    assert send(delivery.pk) is False

    delivery.refresh_from_db()
    assert delivery.state == "queued"
    assert "ConnectionRefusedError" in delivery.error


def test_a_server_that_is_away_uses_up_one_attempt_a_sweep(camille, no_post_office):
    for number in (1, 2, 3):
        letter(camille, number)
    Delivery.objects.update(next_attempt_at=timezone.now())

    assert sweep() == 0

    assert sorted(Delivery.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_one_refused_email_does_not_keep_the_others_back(camille, post_office):
    for number in (1, 2, 3):
        letter(camille, number)
    Delivery.objects.update(next_attempt_at=timezone.now())
    post_office.answers = ["451 Later"]

    assert sweep() == 2


def test_a_fault_of_ours_is_written_down_and_tried_again(delivery, post_office, settings):
    settings.EMAIL_BACKEND = "newsroom.nowhere.Backend"

    assert send(delivery.pk) is False

    delivery.refresh_from_db()
    assert delivery.state == "queued"
    assert "ModuleNotFoundError" in delivery.error


def test_after_the_last_attempt_the_email_is_parked(delivery, post_office):
    post_office.answers = ["451 Later"] * MOST_ATTEMPTS
    for _attempt in range(MOST_ATTEMPTS):
        send(delivery.pk)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("failed", MOST_ATTEMPTS)
    assert send(delivery.pk) is False
    assert post_office.received == []


def test_each_attempt_waits_longer_and_six_hours_at_most():
    now = timezone.now()

    waits = [next_attempt(number, now) - now for number in range(1, MOST_ATTEMPTS + 1)]

    assert waits[:3] == [timedelta(minutes=1), timedelta(minutes=3), timedelta(minutes=9)]
    assert waits[-1] == timedelta(hours=6)


def test_an_email_whose_sender_was_lost_is_free_again_after_the_lease(delivery, post_office):
    now = timezone.now()
    Delivery.objects.update(state="sending", claimed_until=now + LEASE, attempts=1, next_attempt_at=now)

    assert send(delivery.pk) is False
    with time_machine.travel(now + LEASE + timedelta(seconds=1)):
        assert sweep() == 1


def test_an_email_that_kills_its_senders_is_parked(delivery, post_office):
    lost = timezone.now() - timedelta(seconds=1)
    Delivery.objects.update(state="sending", claimed_until=lost, attempts=MOST_ATTEMPTS)

    assert send(delivery.pk) is False

    delivery.refresh_from_db()
    assert delivery.state == "failed"
    assert delivery.error == mailing.LOST


def test_a_sender_that_comes_back_after_his_lease_writes_nothing(delivery):
    held = timezone.now() + LEASE
    Delivery.objects.update(state="sending", claimed_until=held)
    delivery.claimed_until = held - LEASE

    assert mailing._settle(delivery, state="failed") is False

    delivery.refresh_from_db()
    assert delivery.state == "sending"


def test_what_is_no_longer_wanted_is_not_sent(delivery, camille, post_office):
    Preference.objects.create(user=camille, email_replies=False)

    assert send(delivery.pk) is False

    delivery.refresh_from_db()
    assert delivery.state == "suppressed"
    assert post_office.received == []


def test_a_closed_account_gets_no_mail(delivery, camille, post_office):
    camille.is_active = False
    camille.save()

    send(delivery.pk)

    delivery.refresh_from_db()
    assert delivery.state == "suppressed"


def test_a_retry_gives_a_failed_email_a_fresh_start(delivery, post_office):
    assert mailing.retry(delivery) is False
    Delivery.objects.update(state="failed", attempts=8)

    assert mailing.retry(delivery) is True
    assert sweep() == 1


def test_a_sweep_sends_the_longest_waiting_first_and_so_many_at_most(camille, post_office):
    now = timezone.now()
    for number in (1, 2, 3):
        waiting = letter(camille, number, title=f"Lettre {number}")
        Delivery.objects.filter(pk=waiting.pk).update(next_attempt_at=now - timedelta(minutes=number))

    assert sweep(most=2) == 2
    assert [message["Subject"] for message in post_office.messages] == ["Lettre 3", "Lettre 2"]


def test_a_sweep_ends_before_its_task_is_killed(delivery, post_office, monkeypatch):
    Delivery.objects.update(next_attempt_at=timezone.now())
    monkeypatch.setattr(mailing, "LONGEST_SWEEP", -1.0)

    assert sweep() == 0


def test_a_sweep_leaves_what_is_not_due(delivery, post_office):
    assert sweep() == 0
    assert post_office.received == []


def test_the_tasks_send_and_sweep(camille, post_office):
    tasks.send_mail(letter(camille, 1).pk)
    letter(camille, 2)
    Delivery.objects.filter(state="queued").update(next_attempt_at=timezone.now())

    tasks.sweep_mail()

    assert len(post_office.received) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("way", ["send", "sweep"])
def test_two_senders_at_once_send_one_mail(camille, post_office, way):
    deliveries = [letter(camille, number) for number in range(4)]
    Delivery.objects.update(next_attempt_at=timezone.now())
    start = threading.Barrier(2)
    results = []

    def work():
        start.wait()
        try:
            results.append(sweep() if way == "sweep" else sum(send(delivery.pk) for delivery in deliveries))
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _sender in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(results) == 4
    assert sorted(message["Message-ID"] for message in post_office.messages) == sorted(
        delivery.message_id for delivery in deliveries
    )


def test_only_a_sent_email_has_a_date(delivery):
    with pytest.raises(IntegrityError, match="only_a_sent_email_has_a_date"), transaction.atomic():
        Delivery.objects.update(state="sent")


def test_an_email_being_sent_is_held_until_some_time(delivery):
    with pytest.raises(IntegrityError, match="an_email_being_sent_is_held"), transaction.atomic():
        Delivery.objects.update(state="sending")


def test_the_admin_shows_emails_and_tries_failed_ones_again(browser_of, administrator, delivery):
    Delivery.objects.update(state="failed", attempts=8, error="550")
    browser = browser_of(administrator)
    listing = "/admin/notifications/delivery/"

    browser.post(listing, {"action": "retry", "_selected_action": [delivery.pk]})

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("queued", 0)
    assert browser.get(listing).status_code == 200
    assert browser.get(f"{listing}{delivery.pk}/change/").status_code == 200
    assert browser.get(f"{listing}add/").status_code == 403
    assert browser.post(f"{listing}{delivery.pk}/delete/", {}).status_code == 403
