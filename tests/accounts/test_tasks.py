from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.utils import timezone

from newsroom.accounts.tasks import forget_sessions
from newsroom.celery import app

pytestmark = pytest.mark.django_db


def test_ended_sessions_are_forgotten_and_others_stay(client, camille):
    client.force_login(camille, backend="django.contrib.auth.backends.ModelBackend")
    Session.objects.create(session_key="old", session_data="", expire_date=timezone.now() - timedelta(seconds=1))

    forget_sessions()

    assert [session.session_key for session in Session.objects.all()] == [client.session.session_key]


def test_everything_on_the_schedule_is_a_task():
    app.loader.import_default_modules()

    assert {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()} <= set(app.tasks)
