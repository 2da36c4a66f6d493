"""The sums of views, the batches that stand in them, and the lists of what is read most."""

import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    """Four tables."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="WrittenBatch",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("written_at", models.DateTimeField(db_index=True, verbose_name="written down")),
            ],
            options={
                "verbose_name": "written batch",
                "verbose_name_plural": "written batches",
            },
        ),
        migrations.CreateModel(
            name="MostRead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("span", models.PositiveSmallIntegerField(verbose_name="hours")),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
                ("article_id", models.BigIntegerField(verbose_name="article")),
                ("views", models.PositiveIntegerField(verbose_name="views")),
            ],
            options={
                "verbose_name": "most read",
                "verbose_name_plural": "most read",
                "constraints": [
                    models.UniqueConstraint(fields=("span", "position"), name="one_article_at_a_place_of_the_most_read")
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewsInDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("article_id", models.BigIntegerField(verbose_name="article")),
                ("day", models.DateField(verbose_name="day")),
                ("views", models.PositiveIntegerField(verbose_name="views")),
            ],
            options={
                "verbose_name": "views in a day",
                "verbose_name_plural": "views by the day",
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["day"], name="views_of_a_day", pages_per_range=16
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ViewsInHour",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "article_id", "hour", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("article_id", models.BigIntegerField(verbose_name="article")),
                ("hour", models.DateTimeField(verbose_name="hour")),
                ("views", models.PositiveIntegerField(verbose_name="views")),
            ],
            options={
                "verbose_name": "views in an hour",
                "verbose_name_plural": "views by the hour",
                "indexes": [
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["hour"], name="views_of_an_hour", pages_per_range=16
                    )
                ],
            },
        ),
    ]
