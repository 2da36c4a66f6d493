"""What the house's groups may do with consultations."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

WRITES = ["view", "add", "change"]
DELETES_TOO = [*WRITES, "delete"]


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("polls", "0001_polls"), ("accounts", "0002_groups")]

    operations = [
        grants(
            "polls",
            {
                EDITOR: {"poll": WRITES, "choice": WRITES},
                EDITOR_IN_CHIEF: {"poll": DELETES_TOO, "choice": DELETES_TOO},
                ADMINISTRATOR: {"poll": DELETES_TOO, "choice": DELETES_TOO},
            },
        ),
    ]
