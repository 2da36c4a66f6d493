"""Who sees redirects, and who ends one. Here, because the storey of redirects knows no groups."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

SEEING = {"redirect": ["view"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("taxonomy", "0002_roles"), ("accounts", "0002_groups"), ("redirects", "0001_redirects")]

    operations = [
        grants("redirects", {EDITOR: SEEING, EDITOR_IN_CHIEF: SEEING, ADMINISTRATOR: {"redirect": ["view", "delete"]}}),
    ]
