"""The settings of the processes that journeys start and kill: the running test's own database, real alarms."""

import os

from newsroom.settings import env
from newsroom.settings.test import *  # noqa: F403 - settings modules are layered this way in Django
from newsroom.settings.test import DATABASES

DATABASES["default"]["NAME"] = os.environ["JOURNEY_DATABASE"]
if "JOURNEY_DATABASE_HOST" in os.environ:
    # Through a gate that the journey may shut.
    DATABASES["default"] |= {"HOST": os.environ["JOURNEY_DATABASE_HOST"], "PORT": ""}
REDIS_URL = os.environ["JOURNEY_REDIS_URL"]
CELERY_BROKER_URL = os.environ["JOURNEY_BROKER_URL"]
CACHES = {"default": env.cache(REDIS_URL)}
PAGE_CACHE = os.environ.get("JOURNEY_PAGE_CACHE") == "1"
PAGE_CACHE_URL = REDIS_URL
# Two journeys side by side may share a RabbitMQ: a worker takes up what its own test asked for.
CELERY_TASK_DEFAULT_QUEUE = f"journey-{os.environ.get('PYTEST_XDIST_WORKER', 'gw0')}"
EVENT_ALARM = True
EVENT_LISTENERS = os.environ.get("JOURNEY_LISTENERS", "newsroom.wiring.LISTENERS")
SCHEDULED_ACTIONS = os.environ.get("JOURNEY_ACTIONS", "newsroom.wiring.ACTIONS")
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
ALLOWED_HOSTS = os.environ.get("JOURNEY_HOSTS", "*").split(",")
SITE_URL = os.environ.get("JOURNEY_SITE_URL", "http://127.0.0.1")
