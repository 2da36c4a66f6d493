"""What the newsroom decides about its home page, and who may."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from newsroom.accounts.roles import ADMINISTRATOR, EDITOR, EDITOR_IN_CHIEF, grants

SEEING = {"homeedition": ["view"]}
DECIDING = {"homeedition": ["view", "change"]}


class Migration(migrations.Migration):
    """One table, and grants."""

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("accounts", "0002_groups")]

    operations = [
        migrations.CreateModel(
            name="HomeEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True, verbose_name="number")),
                ("stored_plan", models.JSONField()),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved")),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="saved by",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition of the home page",
                "verbose_name_plural": "editions of the home page",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="home_editions_count_from_one"),
                ],
            },
        ),
        grants("frontpage", {EDITOR: SEEING, EDITOR_IN_CHIEF: DECIDING, ADMINISTRATOR: DECIDING}),
    ]
