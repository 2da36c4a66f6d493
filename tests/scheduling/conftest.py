import pytest


@pytest.fixture(autouse=True)
def _switchboard(settings):
    settings.SCHEDULED_ACTIONS = "tests.scheduling.fakes.ACTIONS"
