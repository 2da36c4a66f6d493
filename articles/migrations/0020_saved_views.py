"""Lists as editors have set them, and who shares his with the newsroom."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

KEEPING = {"savedview": ["view", "add", "change", "delete"]}
SHARING = {"savedview": ["view", "add", "change", "delete", "share_savedview"]}


class Migration(migrations.Migration):
    """One table, and grants."""

    dependencies = [
        ("articles", "0019_desk_search"),
        ("accounts", "0002_groups"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("listing", models.CharField(max_length=60, verbose_name="list")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(blank=True, max_length=2000, verbose_name="filters")),
                ("is_shared", models.BooleanField(default=False, verbose_name="shared with the newsroom")),
                ("position", models.PositiveSmallIntegerField(default=100, verbose_name="position")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="whose",
                    ),
                ),
            ],
            options={
                "verbose_name": "saved view",
                "verbose_name_plural": "saved views",
                "permissions": [("share_savedview", "Can share saved views")],
                "indexes": [
                    models.Index(condition=models.Q(("is_shared", True)), fields=["listing"], name="views_shared")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "listing", "name"), name="a_view_of_a_list_has_its_own_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="a_saved_view_has_a_name"
                    ),
                ],
            },
        ),
        grants("articles", {EDITOR: KEEPING, EDITOR_IN_CHIEF: SHARING, ADMINISTRATOR: SHARING}),
    ]
