"""Typed reading of the environment: every value is checked where it enters, and a wrong one is named.

Each secret may also be given as ``NAME_FILE``, the path of a file that holds it.
"""

import os
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

DATABASE_SCHEMES = {"postgres", "postgresql"}
REDIS_SCHEMES = {"redis", "rediss", "unix"}
# What each is usually spoken on (RFC 5321; RFC 8314, sections 3.2 and 3.3).
USUAL_MAIL_PORTS = {"smtp": 25, "smtps": 465, "smtp+tls": 587}
BROKER_SCHEMES = {"redis", "rediss", "unix", "redis+socket", "amqp", "amqps"}


def text(name: str, default: str | None = None) -> str:
    """Return the variable ``name`` (or the content of the file in ``NAME_FILE``).

    Raises ImproperlyConfigured when it is missing and has no default, or when the file cannot be read.
    """
    path = os.environ.get(f"{name}_FILE")
    if path and name not in os.environ:
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            message = f"{name}_FILE: cannot read {path} ({error.strerror})."
            raise ImproperlyConfigured(message) from error
    value = os.environ.get(name, "").strip() or default
    if value is None:
        message = f"{name} is not set: this setting is required here (or {name}_FILE)."
        raise ImproperlyConfigured(message)
    return value


def number(name: str, default: int) -> int:
    """Return the variable ``name`` as a whole number >= 0; raises ImproperlyConfigured otherwise."""
    value = text(name, str(default))
    if not value.isascii() or not value.isdigit():
        message = f"{name}: {value!r} is not a whole number."
        raise ImproperlyConfigured(message)
    return int(value)


def flag(name: str, *, default: bool) -> bool:
    """Return the variable ``name`` as a truth value: 1/0, true/false, yes/no, on/off."""
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    message = f"{name}: {value!r} is neither yes nor no."
    raise ImproperlyConfigured(message)


def moment(name: str) -> datetime | None:
    """Return the variable ``name`` as a moment (ISO 8601 with its offset), None without it."""
    value = text(name, "")
    try:
        read = datetime.fromisoformat(value) if value else None
    except ValueError:
        read = None
    if value and (read is None or read.tzinfo is None):
        message = f"{name}: {value!r} is not a moment such as 2026-05-12T14:30+02:00."
        raise ImproperlyConfigured(message)
    return read


def listed(name: str, default: str | None = None) -> list[str]:
    """Return a comma-separated variable as a list without empty items."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def one_of(name: str, choices: list[str]) -> str:
    """Return the variable ``name``, which says one of ``choices``; the first where it is not set."""
    value = text(name, choices[0]).lower()
    if value not in choices:
        message = f"{name}: {value!r} is none of {', '.join(choices)}."
        raise ImproperlyConfigured(message)
    return value


def web_address(name: str, default: str | None = None) -> str:
    """Return a site address (``https://host``) without its final slash."""
    value = text(name, default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        message = f"{name}: {value!r} is not an address such as https://www.example.org."
        raise ImproperlyConfigured(message)
    return value


def database(name: str, default: str | None = None) -> dict[str, Any]:
    """Return a Django ``DATABASES`` entry from ``postgres://user:password@host:port/name?option=value``.

    A folder in ``?host=`` (percent-encoded) stands for the folder of a Unix socket.
    """
    value = text(name, default)
    parts = _parts(name, value, DATABASE_SCHEMES, "postgres://user:password@host:5432/name")
    options = dict(parse_qsl(parts.query))
    database_name = unquote(parts.path.lstrip("/"))
    if not database_name:
        message = f"{name}: the address names no database."
        raise ImproperlyConfigured(message)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database_name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", None) or unquote(parts.hostname or ""),
        "PORT": options.pop("port", None) or str(parts.port or ""),
        "OPTIONS": options,
    }


def redis(name: str, default: str | None = None) -> str:
    """Return a checked Redis address (``redis://host:6379/0`` or ``unix:///path?db=0``)."""
    value = text(name, default)
    _parts(name, value, REDIS_SCHEMES, "redis://127.0.0.1:6379/0")
    return value


def cache(address: str) -> dict[str, Any]:
    """Return a Django ``CACHES`` entry for a Redis address; one that does not answer holds a request for a second."""
    return {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }


def broker(name: str, default: str) -> str:
    """Return a checked Celery broker address; a ``unix://`` Redis address is turned into kombu's form."""
    value = text(name, default)
    parts = _parts(name, value, BROKER_SCHEMES, "redis://127.0.0.1:6379/1 or amqp://user:password@host//")
    if parts.scheme == "unix":
        base = dict(parse_qsl(parts.query)).get("db", "0")
        return f"redis+socket://{parts.path}?virtual_host={base}"
    return value


def email(name: str, default: str | None = None) -> dict[str, Any]:
    """Return Django's EMAIL_* settings from ``smtp[s|+tls]://user:password@host:port``."""
    value = text(name, default)
    parts = _parts(name, value, set(USUAL_MAIL_PORTS), "smtp+tls://user:password@host:587")
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or USUAL_MAIL_PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
    }


def _parts(name: str, value: str, schemes: set[str], example: str) -> Any:
    """Split an address and refuse, by name, what is not one of ``schemes`` or has an impossible port."""
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine = False
        parts = urlsplit("")
    if not port_is_fine or parts.scheme not in schemes:
        message = f"{name}: not an address such as {example}."
        raise ImproperlyConfigured(message)
    return parts
