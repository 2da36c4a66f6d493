"""What the pages of a thread tell of one that readers may not know of: nothing."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.discussions.models import Comment
from tests.factories.discussions import ThreadFactory, comment_in

CAST = ("lea", "camille", "editor", "chief", "moderator", "head_moderator", "administrator")


@pytest.fixture(params=["hidden", "later"])
def secret(request, db):
    """A thread whose owner was withdrawn, or whose hour is still to come."""
    opens_at = timezone.now() + timedelta(hours=1) if request.param == "later" else None
    return ThreadFactory(title="Sous embargo", path="/articles/sous-embargo/", opens_at=opens_at)


def test_a_hidden_thread_is_as_if_it_did_not_exist(request, secret, browser_of):
    above = comment_in(secret)
    write = f"/fils/{secret.pk}/ecrire/"
    addresses = [write, f"{write}?reponse={above.pk}", f"/fils/{secret.pk}/mes-messages/"]
    browsers = [browser_of(request.getfixturevalue(name)) for name in CAST]

    answers = [browser.get(address) for browser in browsers for address in addresses]
    answers += [browser.post(write, {"text": "Premier !"}) for browser in browsers]

    assert {answer.status_code for answer in answers} == {404}
    assert not any("Sous embargo" in answer.content.decode() for answer in answers)
    assert secret.comments.count() == 1


def test_permalinks_in_a_hidden_thread_are_for_moderators(request, secret, camille, browser_of):
    comment = comment_in(secret, author=camille)
    people = {name: request.getfixturevalue(name) for name in CAST}

    statuses = {
        name: browser_of(person).get(f"/commentaires/{comment.pk}/").status_code for name, person in people.items()
    }

    may = {"moderator", "head_moderator", "administrator"}
    assert {name for name, status in statuses.items() if status == 302} == may
    assert {status for name, status in statuses.items() if name not in may} == {404}
    assert Client().get(f"/commentaires/{comment.pk}/").status_code == 404


def test_ones_own_message_is_withdrawn_from_a_hidden_thread_without_its_title(secret, camille, browser_of):
    comment = comment_in(secret, author=camille, text="Une phrase regrettée.")
    browser = browser_of(camille)

    page = browser.get(f"/commentaires/{comment.pk}/retirer/").content.decode()
    answer = browser.post(f"/commentaires/{comment.pk}/retirer/")

    comment.refresh_from_db()
    assert "Une phrase regrettée." in page
    assert "embargo" not in page
    assert answer["Location"] == "/moi/"
    assert comment.status == Comment.Status.WITHDRAWN
