"""What is asked of a reader at once says what is asked piece by piece."""

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from newsroom.discussions.moderating import reject
from newsroom.discussions.permissions import can_moderate
from newsroom.discussions.posting import post
from newsroom.frontpage.personal import Place, pieces_for
from newsroom.notifications.models import Notification, unread_count
from tests.factories.accounts import PhysicianFactory, UserFactory, staff
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db


def facts(person, thread=None):
    return pieces_for(person, Place(thread and thread.pk, None, None))


@pytest.mark.parametrize("role", ["reader", "physician", "editor", "moderator", "superuser", "granted"])
def test_who_moderates_is_told_as_the_rule_has_it(role):
    makers = {
        "reader": UserFactory,
        "physician": PhysicianFactory,
        "superuser": lambda: UserFactory(is_superuser=True),
        "granted": UserFactory,
    }
    person = makers[role]() if role in makers else staff(role)
    if role == "granted":
        person.user_permissions.add(Permission.objects.get(codename="moderate_comment"))

    assert facts(person)["can_moderate"] is can_moderate(person)


def test_unread_notifications_are_counted():
    person, other = PhysicianFactory.create_batch(2)
    told = ((person, None), (person, None), (person, timezone.now()), (other, None))
    for number, (reader, read_at) in enumerate(told):
        Notification.objects.create(
            recipient=reader, kind="reply", key=str(number), title="Dit", path="/", read_at=read_at
        )

    assert facts(person)["unread"] == unread_count(person) == 2
    assert facts(UserFactory())["unread"] == 0


def test_own_messages_of_the_thread_at_hand_are_shown():
    here, elsewhere = ArticleFactory().thread, ArticleFactory().thread
    person, other = PhysicianFactory.create_batch(2)
    mine = post(here, text="Mon avis mesuré.", by=person)
    post(here, text="Un autre avis.", by=other)
    post(elsewhere, text="Mon avis, ailleurs.", by=person)

    assert [comment.pk for comment in facts(person, here)["own_comments"]] == [mine.pk]
    reject(mine, staff("moderator"), reason="Hors sujet")
    assert facts(person, here)["own_comments"] == []
