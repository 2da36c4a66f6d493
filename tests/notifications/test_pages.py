import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from newsroom.notifications.models import Kind, Notification, Preference, unread_count
from newsroom.notifications.reading import mark_all_read, mark_read
from newsroom.notifications.telling import tell


def told(person, number=1):
    return tell(
        person,
        kind=Kind.REPLY,
        key=f"reply:{number}",
        title=f"Réponse {number}",
        body="Sous « Les vaccins ».",
        path=f"/commentaires/{number}/",
    )


def test_the_inbox_shows_one_s_own_notifications_latest_first(browser_of, camille, paul):
    told(camille, 1)
    told(camille, 2)
    told(paul, 3)

    page = browser_of(camille).get("/moi/notifications/").content.decode()

    assert page.index("Réponse 2") < page.index("Réponse 1")
    assert "Réponse 3" not in page
    assert "(2) Notifications" in page


def test_the_inbox_costs_the_same_number_of_queries_for_one_and_three(browser_of, camille):
    browser = browser_of(camille)
    counts = []
    for number in (1, 2, 3):
        told(camille, number)
        with CaptureQueriesContext(connection) as captured:
            browser.get("/moi/notifications/")
        counts.append(len(captured))

    assert counts[0] == counts[2]


def test_the_inbox_has_thirty_a_page(browser_of, camille):
    for number in range(31):
        told(camille, number)

    answer = browser_of(camille).get("/moi/notifications/", {"page": "2"})

    assert len(answer.context["page"].object_list) == 1


def test_an_empty_inbox_says_so(browser_of, camille):
    page = browser_of(camille).get("/moi/notifications/").content.decode()

    assert "Aucune notification pour l’instant" in page
    assert "Tout marquer comme lu" not in page


def test_opening_by_its_button_marks_as_read_and_leads_there(browser_of, camille):
    notification = told(camille)

    answer = browser_of(camille).post(f"/moi/notifications/{notification.pk}/")

    notification.refresh_from_db()
    assert answer["Location"] == "/commentaires/1/"
    assert notification.is_read


def test_following_the_address_changes_nothing(browser_of, camille):
    notification = told(camille)

    answer = browser_of(camille).get(f"/moi/notifications/{notification.pk}/")

    assert answer["Location"] == "/commentaires/1/"
    assert unread_count(camille) == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_else_s_notification_is_not_found(browser_of, camille, paul, method):
    notification = told(camille)

    answer = getattr(browser_of(paul), method)(f"/moi/notifications/{notification.pk}/")

    assert answer.status_code == 404
    assert unread_count(camille) == 1


def test_nobody_reads_for_another(camille, paul):
    with pytest.raises(PermissionDenied):
        mark_read(told(camille), paul)


def test_the_first_reading_counts(camille):
    notification = told(camille)
    mark_read(notification, camille)
    first = Notification.objects.get().read_at

    mark_read(notification, camille)

    assert Notification.objects.get().read_at == first


def test_all_are_marked_as_read_by_a_button(browser_of, camille, paul):
    told(camille, 1)
    told(camille, 2)
    told(paul, 3)
    browser = browser_of(camille)

    answer = browser.post("/moi/notifications/lues/")

    assert answer["Location"] == "/moi/notifications/"
    assert (unread_count(camille), unread_count(paul)) == (0, 1)
    assert mark_all_read(camille) == 0
    assert browser.get("/moi/notifications/lues/").status_code == 405


def test_the_preferences_show_the_defaults(browser_of, camille):
    form = browser_of(camille).get("/moi/preferences/").context["form"]

    assert form.initial == {
        "email_decisions": True,
        "email_replies": True,
        "email_featured": False,
        "site_replies": True,
        "site_featured": True,
        "shows_presence": False,
    }


def test_choices_are_kept_and_a_note_says_so(browser_of, camille):
    browser = browser_of(camille)

    answer = browser.post("/moi/preferences/", {"site_replies": "on", "email_featured": "on", "shows_presence": "on"})
    page = browser.get(answer["Location"]).content.decode()

    preference = Preference.objects.get(user=camille)
    camille.refresh_from_db()
    assert not preference.email_decisions
    assert not preference.email_replies
    assert preference.email_featured
    assert preference.site_replies
    assert not preference.site_featured
    assert camille.shows_presence
    assert "Vos préférences sont enregistrées." in page


def test_choosing_again_changes_the_same_row(browser_of, camille):
    browser = browser_of(camille)
    browser.post("/moi/preferences/", {})

    browser.post("/moi/preferences/", {"email_replies": "on"})

    assert Preference.objects.get().email_replies


@pytest.mark.parametrize(
    "address",
    ["/moi/notifications/", "/moi/notifications/1/", "/moi/preferences/"],
)
def test_the_reader_s_pages_ask_to_sign_in_and_are_never_cached(client, browser_of, camille, address):
    assert client.get(address)["Location"].startswith("/compte/connexion/?next=")
    assert "no-store" in browser_of(camille).get(address).headers.get("Cache-Control", "no-store")
