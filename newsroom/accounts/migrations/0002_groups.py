"""The house's five groups; each app's own migrations grant them its permissions."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, GROUPS, grants


def make_groups(apps, schema_editor):
    """Make the groups that are not there."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name in GROUPS:
        groups.get_or_create(name=name)


def remove_groups(apps, schema_editor):
    """Remove them."""
    apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=GROUPS).delete()


class Migration(migrations.Migration):
    """Groups, and what administrators may do with accounts and with the outbox below them."""

    dependencies = [
        ("accounts", "0001_accounts"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("events", "0001_events"),
    ]

    operations = [
        migrations.RunPython(make_groups, remove_groups),
        grants("accounts", {ADMINISTRATOR: {"user": ["view", "add", "change", "delete"]}}),
        grants("events", {ADMINISTRATOR: {"event": ["view", "change"], "receipt": ["view"]}}),
    ]
