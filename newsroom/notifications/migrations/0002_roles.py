"""What the house's groups may do here."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, grants


class Migration(migrations.Migration):
    """Grants. What people are told is theirs: administrators see where e-mails are, not what they say."""

    dependencies = [("notifications", "0001_notifications"), ("accounts", "0002_groups")]

    operations = [grants("notifications", {ADMINISTRATOR: {"delivery": ["view", "change"]}})]
