"""What production runs with: its settings read in a process of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {
    "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
    "SECRET_KEY": "a-key-for-this-test-alone",
    "SITE_URL": "https://www.observance.example",
    "ALLOWED_HOSTS": "www.observance.example",
    "DATABASE_URL": "postgres://observance@127.0.0.1/observance",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
    "EMAIL_URL": "smtp+tls://mail.observance.example",
}
NAMES = (
    *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY"),
    *("SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", "SECURE_HSTS_SECONDS", "SECURE_HSTS_PRELOAD"),
    *("SECURE_PROXY_SSL_HEADER", "CSRF_TRUSTED_ORIGINS", "CONTENT_SECURITY_POLICY", "CACHES", "DEBUG", "DEMO_ALLOWED"),
)
READ = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name, None) for name in {NAMES!r}}}, default=str))
"""


def read_with(**more):
    """Return production's settings with these variables beside the required ones."""
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment = {**kept, **ENVIRONMENT, **more}
    done = subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_cookies_redirects_and_timeouts_are_safe_without_being_asked_for():
    found = read_with()

    cookies = [found[name] for name in NAMES[:4]]
    assert cookies == [True] * 4
    assert (found["DEBUG"], found["DEMO_ALLOWED"]) == (False, False)
    assert (found["SECURE_SSL_REDIRECT"], found["SECURE_HSTS_SECONDS"]) == (True, 365 * 24 * 3600)
    assert found["SECURE_REDIRECT_EXEMPT"] == ["^sante/"]
    # Nobody is put on a preload list, and no header of a proxy is believed, that was not asked for.
    assert (found["SECURE_HSTS_PRELOAD"], found["SECURE_PROXY_SSL_HEADER"]) == (False, None)
    assert found["CACHES"]["default"]["OPTIONS"] == {"socket_timeout": 1, "socket_connect_timeout": 1}


def test_what_is_asked_for_is_done():
    found = read_with(
        PROXIES="1",
        HSTS_PRELOAD="yes",
        STATIC_HOST="https://cdn.observance.example/",
        MEDIA_URL="https://media.observance.example/",
    )

    assert found["SECURE_HSTS_PRELOAD"] is True
    assert found["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    policy = found["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]
    assert "https://cdn.observance.example" in policy["script-src"]
    assert "https://media.observance.example/" in policy["img-src"]
    assert "https://media.observance.example/" not in policy["script-src"]


@pytest.mark.parametrize(
    "missing", ["SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"]
)
def test_a_start_without_what_it_needs_names_it(missing):
    with pytest.raises(subprocess.CalledProcessError) as refused:
        read_with(**{missing: ""})

    assert missing in refused.value.stderr.splitlines()[-1]
