"""The furnished site."""

from types import SimpleNamespace

import pytest

from tests.validity.furnishing import furnish


@pytest.fixture
def cast(lea, camille, paul, nadia, editor, chief, moderator):
    """The people of a furnished site."""
    return SimpleNamespace(
        lea=lea, camille=camille, paul=paul, nadia=nadia, editor=editor, chief=chief, moderator=moderator
    )


@pytest.fixture
def house(cast, settings, tmp_path):
    """A site with something in every place, its files in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return furnish(cast)
