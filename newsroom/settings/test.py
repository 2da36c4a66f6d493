"""The test suite: real PostgreSQL and Redis, embedded and without fsync unless the environment names others."""

import os

from newsroom.servers import places
from newsroom.settings import env
from newsroom.settings.base import *  # noqa: F403 - settings modules are layered this way in Django
from newsroom.settings.base import INSTALLED_APPS, VAR

SECRET_KEY = "test-only"  # noqa: S105 - a test key is no secret
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# Each parallel test process has its own database (pytest-django) and its own Redis database, 0 to 9.
_PROCESS = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
_POSTGRES = places.postgres_place(VAR / "test")
_REDIS = places.redis_place(VAR / "test")
DATABASES = {"default": env.database("DATABASE_URL", _POSTGRES.url("observance"))}
REDIS_URL = env.redis("REDIS_URL", _REDIS.url(int(_PROCESS) % 10))
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": f"test-{_PROCESS}",
    },
}
# A verb's on-commit alarm is not rung in unit tests; the journeys run real workers.
EVENT_ALARM = False
EMAIL_BACKEND = env.text("TEST_EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
globals().update(env.email("EMAIL_URL", "smtp://127.0.0.1:2525"))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / "test" / "media"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

DEMO = True
DEMO_ALLOWED = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]
