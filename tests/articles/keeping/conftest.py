"""A draft to work on."""

import pytest

from articles.models import Article
from articles.writing import write


@pytest.fixture
def story(editor):
    """A draft of one revision."""
    return write(Article(), {"title": "Vaccins", "body": "<p>Le texte.</p>"}, by=editor)
