"""The demo and development: embedded servers under ``var/`` unless the environment names others."""

from newsroom.servers import places
from newsroom.settings import env
from newsroom.settings.base import *  # noqa: F403 - settings modules are layered this way in Django
from newsroom.settings.base import INSTALLED_APPS, VAR

DEBUG = env.flag("DEBUG", default=False)
SECRET_KEY = env.text("SECRET_KEY", "development-only-never-in-production-0123456789abcdef")
SITE_URL = env.web_address("SITE_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")

_POSTGRES = places.postgres_place(VAR)
_REDIS = places.redis_place(VAR)
DATABASES = {"default": env.database("DATABASE_URL", _POSTGRES.url("observance"))}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 0, "max_size": 8, "timeout": 10, "reconnect_timeout": 3}
REDIS_URL = env.redis("REDIS_URL", _REDIS.url(0))
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", REDIS_URL)
CACHES = {"default": env.cache(REDIS_URL)}
PAGE_CACHE_URL = REDIS_URL
globals().update(env.email("EMAIL_URL", "smtp://127.0.0.1:2525"))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

DEMO = True
DEMO_ALLOWED = True
INSTALLED_APPS = [*INSTALLED_APPS, "django_linear_migrations"]
