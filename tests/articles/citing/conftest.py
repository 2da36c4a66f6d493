import pytest

from tests.factories.registers import running_register


@pytest.fixture
def register(settings, monkeypatch):
    """Both registers, on this machine; see ``Register``."""
    monkeypatch.setenv("NO_PROXY", "*")
    with running_register() as register:
        settings.CROSSREF_URL = settings.PUBMED_URL = register.address
        yield register
