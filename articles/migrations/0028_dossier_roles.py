"""Who puts dossiers together: who composes selections."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

SEEING = {"dossier": ["view"], "dossieritem": ["view"]}
GATHERING = {model: ["view", "add", "change", "delete"] for model in SEEING}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("articles", "0027_dossiers"), ("accounts", "0002_groups")]

    operations = [
        grants("articles", {EDITOR: SEEING, EDITOR_IN_CHIEF: GATHERING, ADMINISTRATOR: GATHERING}),
    ]
