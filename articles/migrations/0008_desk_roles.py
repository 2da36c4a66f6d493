"""Who approves, who reads the history, who answers requests."""

from django.db import migrations

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

WRITING = {"articlerevision": ["view"], "reviewrequest": ["view", "add", "change"]}
DECIDING = {**WRITING, "article": ["validate_article", "review_article_medical", "review_article_legal"]}


class Migration(migrations.Migration):
    """Grants."""

    dependencies = [("articles", "0007_state_rules"), ("accounts", "0002_groups")]

    operations = [
        grants("articles", {EDITOR: WRITING, EDITOR_IN_CHIEF: DECIDING, ADMINISTRATOR: DECIDING}),
    ]
