"""Production: refuses to start without its secrets and servers; secure cookies wherever the site is HTTPS."""

from newsroom.settings import env
from newsroom.settings.base import *  # noqa: F403 - settings modules are layered this way in Django

SECRET_KEY = env.text("SECRET_KEY")
SITE_URL = env.web_address("SITE_URL")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS")

DATABASES = {"default": env.database("DATABASE_URL")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10}
REDIS_URL = env.redis("REDIS_URL")
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", REDIS_URL)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}
globals().update(env.email("EMAIL_URL"))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.core.storage.HashedStaticStorage"},
}

# Everything that only makes sense over HTTPS follows the site's own address.
_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _HTTPS
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_HSTS_PRELOAD = _HTTPS
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
