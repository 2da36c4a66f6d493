"""What the house's groups may do here."""

from django.db import migrations

from newsroom.accounts.roles import (
    ADMINISTRATOR,
    EDITOR,
    EDITOR_IN_CHIEF,
    HEAD_OF_MODERATION,
    MODERATOR,
    grants,
)

READ = {"thread": ["view"], "comment": ["view"]}
MODERATE = {"thread": ["view"], "comment": ["view", "moderate_comment"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("discussions", "0001_discussions"), ("accounts", "0002_groups")]

    operations = [
        grants(
            "discussions",
            {
                EDITOR: READ,
                EDITOR_IN_CHIEF: READ,
                MODERATOR: MODERATE,
                HEAD_OF_MODERATION: MODERATE,
                ADMINISTRATOR: MODERATE,
            },
        ),
    ]
