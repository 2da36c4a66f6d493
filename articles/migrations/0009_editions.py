"""Selections come in editions: the tables and columns.

What selections hold today becomes their first edition in 0010; the rules over slots follow in 0011.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("articles", "0008_desk_roles"),
        ("taxonomy", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SelectionEdition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("starts_at", models.DateTimeField(blank=True, null=True, verbose_name="start")),
                ("ends_at", models.DateTimeField(blank=True, null=True, verbose_name="end")),
                (
                    "composed_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="last changed"),
                ),
                ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="published")),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                (
                    "composed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="composed by",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="published by",
                    ),
                ),
                (
                    "selection",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="editions",
                        to="articles.selection",
                    ),
                ),
            ],
            options={
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
                "ordering": ["selection", "number"],
                "indexes": [models.Index(fields=["selection", "-starts_at", "-number"], name="editions_by_start")],
                "constraints": [
                    models.UniqueConstraint(fields=["selection", "number"], name="an_edition_has_its_own_number"),
                    models.UniqueConstraint(
                        condition=Q(starts_at=None),
                        fields=["selection"],
                        name="one_edition_of_a_selection_is_composed",
                    ),
                    models.CheckConstraint(
                        condition=Q(starts_at=None, published_at=None)
                        | Q(starts_at__isnull=False, published_at__isnull=False),
                        name="an_edition_starts_when_it_is_published",
                    ),
                    models.CheckConstraint(
                        condition=Q(ends_at=None) | (Q(starts_at__isnull=False) & Q(ends_at__gt=F("starts_at"))),
                        name="an_edition_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PartnerFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "url",
                    models.URLField(
                        max_length=500,
                        validators=[django.core.validators.URLValidator(schemes=["http", "https"])],
                        verbose_name="address of the feed",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="read every hour")),
                (
                    "keeps_days",
                    models.PositiveSmallIntegerField(
                        default=90,
                        help_text="How long after its date a story stays on the site.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                        verbose_name="days kept",
                    ),
                ),
                (
                    "last_fetched_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="last read"),
                ),
                (
                    "last_error",
                    models.CharField(blank=True, editable=False, max_length=300, verbose_name="last error"),
                ),
                ("etag", models.CharField(blank=True, editable=False, max_length=200)),
                ("last_modified", models.CharField(blank=True, editable=False, max_length=100)),
                (
                    "selection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="feeds",
                        to="articles.selection",
                    ),
                ),
            ],
            options={
                "verbose_name": "partner's feed",
                "verbose_name_plural": "partners' feeds",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=["selection", "url"], name="a_feed_is_read_into_a_selection_once"),
                    models.CheckConstraint(condition=Q(keeps_days__gte=1), name="a_feed_keeps_stories_a_day_or_more"),
                ],
            },
        ),
        migrations.AlterModelOptions(
            name="selectionitem",
            options={"ordering": ["position"], "verbose_name": "slot", "verbose_name_plural": "slots"},
        ),
        migrations.RemoveConstraint(model_name="selectionitem", name="an_article_is_selected_once"),
        migrations.RemoveField(model_name="selection", name="articles"),
        # Empty for a moment: on the way back the column has to be there before it can be filled.
        migrations.AlterField(
            model_name="selectionitem",
            name="selection",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="articles.selection",
            ),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="edition",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="articles.selectionedition",
            ),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="rule",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "A chosen article"),
                    ("specialty", "The latest of a specialty"),
                    ("tag", "The latest of a tag"),
                    ("commented", "The most commented"),
                ],
                default="",
                max_length=10,
                verbose_name="filled by",
            ),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="rule_specialty",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taxonomy.specialty",
                verbose_name="specialty",
            ),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="rule_tag",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taxonomy.tag",
                verbose_name="tag",
            ),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="is_pinned",
            field=models.BooleanField(default=False, verbose_name="pinned"),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="starts_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="start"),
        ),
        migrations.AddField(
            model_name="selectionitem",
            name="ends_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="end"),
        ),
        migrations.AlterField(
            model_name="selectionitem",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="selection_items",
                to="articles.article",
                verbose_name="article",
            ),
        ),
    ]
