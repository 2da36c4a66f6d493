"""Who sees what is planned, and who tries it again. Here, because the storey of the schedule knows no groups."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

SEEING = {"scheduledaction": ["view"]}
RETRYING = {"scheduledaction": ["view", "retry_scheduledaction"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("accounts", "0002_groups"), ("scheduling", "0001_scheduling")]

    operations = [
        grants("scheduling", {EDITOR: SEEING, EDITOR_IN_CHIEF: RETRYING, ADMINISTRATOR: RETRYING}),
    ]
