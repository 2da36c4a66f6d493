"""Production: refuses to start without its secrets and servers; secure cookies wherever the site is HTTPS."""

from newsroom.settings import env
from newsroom.settings.base import *  # noqa: F403 - settings modules are layered this way in Django

SECRET_KEY = env.text("SECRET_KEY")
SITE_URL = env.web_address("SITE_URL")
ALLOWED_HOSTS = env.listed("ALLOWED_HOSTS")

DATABASES = {"default": env.database("DATABASE_URL")}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 8, "timeout": 10, "reconnect_timeout": 3}
REDIS_URL = env.redis("REDIS_URL")
CELERY_BROKER_URL = env.broker("CELERY_BROKER_URL", REDIS_URL)
CACHES = {"default": env.cache(REDIS_URL)}
# Pages may have a Redis of their own: what is there may go at any time, and its memory be bounded (allkeys-lru).
PAGE_CACHE_URL = env.redis("PAGE_CACHE_URL", REDIS_URL)
globals().update(env.email("EMAIL_URL"))

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "newsroom.core.storage.HashedStaticStorage"},
}

# Everything that only makes sense over HTTPS follows the site's own address.
_HTTPS = SITE_URL.startswith("https://")
SECURE_SSL_REDIRECT = _HTTPS
# Whoever asks whether we live asks this machine itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^sante/"]
if PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
# Browsers' preload lists take years to leave: whoever wants to be on them says so.
SECURE_HSTS_PRELOAD = _HTTPS and env.flag("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SESSION_COOKIE_SECURE = _HTTPS
CSRF_COOKIE_SECURE = _HTTPS
CSRF_TRUSTED_ORIGINS = [SITE_URL]
