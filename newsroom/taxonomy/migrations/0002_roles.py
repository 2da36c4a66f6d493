"""What the house's groups may do here."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("taxonomy", "0001_taxonomy"), ("accounts", "0002_groups")]

    operations = [
        grants(
            "taxonomy",
            {
                EDITOR: {"specialty": ["view"], "tag": ["view", "add"]},
                EDITOR_IN_CHIEF: {"specialty": ["view", "add", "change"], "tag": ["view", "add", "change", "delete"]},
                ADMINISTRATOR: {
                    "specialty": ["view", "add", "change", "delete"],
                    "tag": ["view", "add", "change", "delete"],
                },
            },
        ),
    ]
