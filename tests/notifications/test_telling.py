import pytest
from django.db import IntegrityError, transaction

from newsroom.notifications import tasks
from newsroom.notifications.models import Delivery, Kind, Notification, Preference, unread_count
from newsroom.notifications.telling import tell


def reply_to(person, key="reply:1", **more):
    return tell(person, kind=Kind.REPLY, key=key, title="Une réponse", path="/articles/x/", **more)


def test_a_notification_is_kept_with_its_email(camille):
    notification = reply_to(camille, body="Sous l’article.")

    assert (notification.recipient, notification.title, notification.body) == (
        camille,
        "Une réponse",
        "Sous l’article.",
    )
    assert (notification.delivery.address, notification.delivery.state) == (camille.email, "queued")
    assert unread_count(camille) == 1


def test_the_same_occasion_is_told_once(camille):
    first = reply_to(camille)

    second = reply_to(camille)

    assert second == first
    assert Delivery.objects.count() == 1


def test_two_people_are_told_of_the_same_occasion(camille, paul):
    assert reply_to(camille) != reply_to(paul)


def test_a_closed_account_is_told_nothing(camille):
    camille.is_active = False

    assert reply_to(camille) is None
    assert not Notification.objects.exists()


def test_who_wants_neither_is_told_nothing(camille):
    Preference.objects.create(user=camille, email_replies=False, site_replies=False)

    assert reply_to(camille) is None
    assert not Notification.objects.exists()


def test_who_wants_no_email_reads_on_the_site(camille):
    Preference.objects.create(user=camille, email_replies=False)

    notification = reply_to(camille)

    assert notification.is_on_site
    assert not Delivery.objects.exists()


def test_who_wants_only_the_email_finds_nothing_in_the_inbox(camille):
    Preference.objects.create(user=camille, site_replies=False)

    notification = reply_to(camille)

    assert notification.delivery.state == "queued"
    assert unread_count(camille) == 0


@pytest.mark.parametrize(
    ("kind", "by_email", "on_site"),
    [("released", True, True), ("rejected", True, True), ("reply", True, True), ("featured", False, True)],
)
def test_the_defaults_of_somebody_who_never_chose(camille, kind, by_email, on_site):
    preference = Preference.of(camille)

    assert (preference.wants_email(kind), preference.wants_on_site(kind)) == (by_email, on_site)


def test_a_decision_on_a_message_always_stands_on_the_site(camille):
    Preference.objects.create(user=camille, email_decisions=False, site_replies=False, site_featured=False)

    notification = tell(camille, kind=Kind.REJECTED, key="rejected:1:0", title="Non publié", path="/x/")

    assert notification.is_on_site


def test_the_database_keeps_one_notification_an_occasion(camille):
    reply_to(camille)

    with pytest.raises(IntegrityError, match="one_notification_an_occasion"), transaction.atomic():
        Notification.objects.create(recipient=camille, kind="reply", key="reply:1", title="x", path="/x/")


@pytest.mark.parametrize("path", ["https://ailleurs.example/", "//ailleurs.example/", ""])
def test_a_notification_leads_into_the_site(camille, path):
    with pytest.raises(IntegrityError, match="notification_leads_into_the_site"), transaction.atomic():
        Notification.objects.create(recipient=camille, kind="reply", key="x", title="x", path=path)


def test_the_worker_is_asked_after_commit(camille, settings, django_capture_on_commit_callbacks, monkeypatch):
    asked = []
    settings.EVENT_ALARM = True
    monkeypatch.setattr("newsroom.celery.app.send_task", lambda name, **call: asked.append((name, call["args"])))

    with django_capture_on_commit_callbacks(execute=True):
        notification = reply_to(camille)

    assert asked == [(tasks.send_mail.name, (notification.delivery.pk,))]
