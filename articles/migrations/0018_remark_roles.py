"""Editors remark and share; who outside is sent a link needs no permission."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

SHARING = {"remark": ["view", "add", "change"], "sharelink": ["view", "add", "change"], "signoff": ["view"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("articles", "0017_remarks"), ("accounts", "0002_groups")]

    operations = [
        grants("articles", {EDITOR: SHARING, EDITOR_IN_CHIEF: SHARING, ADMINISTRATOR: SHARING}),
    ]
