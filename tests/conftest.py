"""The cast: the people whom every test may call on by name. Passwords are the same for all."""

import pytest
from django.core.cache import cache
from django.test import Client

from tests.factories.accounts import PASSWORD, PhysicianFactory, UserFactory, staff

__all__ = ["PASSWORD"]


def pytest_collection_modifyitems(items):
    """Give back, after a test with real transactions, the rows that migrations made (groups, permissions)."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker is not None and marker.kwargs.get("transaction"):
            marker.kwargs["serialized_rollback"] = True


@pytest.fixture(autouse=True)
def _empty_cache():
    """Counters and presence begin at nothing."""
    cache.clear()


@pytest.fixture
def lea(db):
    """A reader whose title is not verified."""
    return UserFactory(email="lea@example.org", first_name="Léa", last_name="Simon")


@pytest.fixture
def camille(db):
    """A verified cardiologist."""
    return PhysicianFactory(email="camille@example.org", civility="Dre", first_name="Camille", last_name="Renaud")


@pytest.fixture
def paul(db):
    """Another verified physician."""
    return PhysicianFactory(
        email="paul@example.org",
        civility="Dr",
        first_name="Paul",
        last_name="Sabatier",
        specialty="general",
    )


@pytest.fixture
def nadia(db):
    """A third verified physician."""
    return PhysicianFactory(
        email="nadia@example.org",
        civility="Dre",
        first_name="Nadia",
        last_name="Benali",
        specialty="paediatrics",
    )


@pytest.fixture
def editor(db):
    """An editor: writes and submits."""
    return staff("editor", email="redaction@example.org", first_name="Anne", last_name="Dupré")


@pytest.fixture
def chief(db):
    """The editor in chief: publishes."""
    return staff("editor in chief", email="chef@example.org", first_name="Marc", last_name="Aubry")


@pytest.fixture
def moderator(db):
    """A moderator."""
    return staff("moderator", email="moderation@example.org", first_name="Lucie", last_name="Morel")


@pytest.fixture
def head_moderator(db):
    """The head of moderation."""
    return staff("head of moderation", email="responsable@example.org", first_name="Karim", last_name="Bensaïd")


@pytest.fixture
def administrator(db):
    """The administrator."""
    return staff("administrator", email="admin@example.org", first_name="Ève", last_name="Petit", is_superuser=True)


@pytest.fixture
def browser_of():
    """Return a signed-in test client for a person: ``browser_of(camille).get(...)``."""

    def signed_in(person):
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
