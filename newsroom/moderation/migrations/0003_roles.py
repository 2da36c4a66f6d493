"""What the house's groups may do here."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, HEAD_OF_MODERATION, MODERATOR, grants

DECIDE = {"decision": ["view", "add"], "report": ["view", "change"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("moderation", "0002_append_only_decisions"), ("accounts", "0002_groups")]

    operations = [grants("moderation", {MODERATOR: DECIDE, HEAD_OF_MODERATION: DECIDE, ADMINISTRATOR: DECIDE})]
