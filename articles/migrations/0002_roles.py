"""What the house's groups may do here."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

WRITING = {
    "article": ["view", "add", "change"],
    "author": ["view", "add", "change"],
    "image": ["view", "add", "change"],
    "byline": ["view", "add", "change", "delete"],
    "reference": ["view", "add", "change", "delete"],
    "correction": ["view", "add"],
    "selection": ["view"],
    "selectionitem": ["view"],
}
CURATING = {
    "article": ["publish_article", "delete"],
    "author": ["delete"],
    "image": ["delete"],
    "selection": ["add", "change", "delete"],
    "selectionitem": ["add", "change", "delete"],
}
EVERYTHING = {model: [*words, *CURATING.get(model, [])] for model, words in WRITING.items()}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("articles", "0001_articles"), ("accounts", "0002_groups")]

    operations = [
        grants("articles", {EDITOR: WRITING, EDITOR_IN_CHIEF: EVERYTHING, ADMINISTRATOR: EVERYTHING}),
    ]
