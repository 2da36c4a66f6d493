"""The next moment at which pages change by the clock, whoever planned it."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from newsroom.scheduling.planning import plan
from newsroom.wiring import next_release
from polls.models import Poll

pytestmark = pytest.mark.django_db


def test_nothing_planned_is_no_moment():
    assert next_release() is None


def test_the_earliest_of_actions_openings_and_closings_counts_in_one_query(django_assert_num_queries):
    now = timezone.now()
    with transaction.atomic():
        plan("articles.publish", 1, now + timedelta(hours=3))
        plan("articles.publish", 2, now - timedelta(hours=3))
    Poll.objects.create(question="?", slug="ouvre", opens_at=now + timedelta(hours=2))
    assert next_release() == now + timedelta(hours=2)

    Poll.objects.create(
        question="?", slug="ferme", opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1)
    )

    with django_assert_num_queries(1):
        assert next_release() == now + timedelta(hours=1)
