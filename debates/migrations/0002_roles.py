"""What the house's groups may do with debates. Nobody deletes: a debate is closed."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

WRITES = {"debate": ["view", "add", "change"], "argument": ["view", "change"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("debates", "0001_debates"), ("accounts", "0002_groups")]

    operations = [grants("debates", {EDITOR: WRITES, EDITOR_IN_CHIEF: WRITES, ADMINISTRATOR: WRITES})]
