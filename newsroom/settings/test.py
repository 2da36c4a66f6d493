"""The test suite: real PostgreSQL and Redis, embedded and without fsync unless the environment names others."""

import os
from urllib.parse import urlsplit

from newsroom.servers import places
from newsroom.settings import env
from newsroom.settings.base import *  # noqa: F403 - settings modules are layered this way in Django
from newsroom.settings.base import INSTALLED_APPS, VAR

SECRET_KEY = "test-only"  # noqa: S105 - a test key is no secret
SITE_URL = "http://testserver"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]

# Each parallel test process has its own database (pytest-django) and its own Redis database, which it empties.
_PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
# What a Redis server has when nobody configured it otherwise.
_REDIS_DATABASES = 16


def _own_redis(url: str) -> str:
    """Return the address moved on by one database a process, where it is a server's and not the embedded one."""
    parts = urlsplit(url)
    if not parts.scheme.startswith("redis"):
        return url
    base = int(parts.path.strip("/") or 0)
    return parts._replace(path=f"/{(base + _PROCESS) % _REDIS_DATABASES}").geturl()


_POSTGRES = places.postgres_place(VAR / "test")
_REDIS = places.redis_place(VAR / "test")
DATABASES = {"default": env.database("DATABASE_URL", _POSTGRES.url("observance"))}
REDIS_URL = _own_redis(env.redis("REDIS_URL", _REDIS.url(_PROCESS % 10)))
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", REDIS_URL)
CACHES = {"default": {**env.cache(REDIS_URL), "KEY_PREFIX": f"test-{_PROCESS}"}}
# Tests write rows as no verb does; those that are about kept pages switch them on.
PAGE_CACHE = False
PAGE_CACHE_URL = REDIS_URL
# A verb's on-commit alarm is not rung in unit tests; the journeys run real workers.
EVENT_ALARM = False
# No test asks a stranger: nothing listens there. Tests of the clients start servers of their own.
CROSSREF_URL = PUBMED_URL = "http://127.0.0.1:9"
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
