"""Who has which article open; from which form something was saved."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """One table, one index."""

    dependencies = [
        ("articles", "0020_saved_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="EditingLock",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="lock",
                        serialize=False,
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("form_key", models.CharField(blank=True, max_length=36, verbose_name="form")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="seen")),
                ("typed_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="last typed")),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editing_locks",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="edited by",
                    ),
                ),
                (
                    "taken_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="taken over from",
                    ),
                ),
            ],
            options={
                "verbose_name": "open form",
                "verbose_name_plural": "open forms",
                "indexes": [models.Index(fields=["-seen_at"], name="locks_seen")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("taken_from", models.F("holder")), _negated=True),
                        name="nobody_takes_over_from_himself",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="articlerevision",
            index=models.Index(
                condition=models.Q(("form_key", ""), _negated=True), fields=["form_key"], name="revisions_of_forms"
            ),
        ),
    ]
