"""Dossiers, who follows what, and the index that public lists are read from."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0026_audiences"),
        ("discussions", "0005_renderer"),
        ("polls", "0003_labels_may_swap"),
        ("taxonomy", "0004_following"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Dossier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=140, verbose_name="title")),
                ("slug", models.SlugField(max_length=100, unique=True, verbose_name="address")),
                ("introduction", models.TextField(blank=True, max_length=2000, verbose_name="introduction")),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Readers see it from this moment on; empty: a draft.",
                        null=True,
                        verbose_name="publication",
                    ),
                ),
            ],
            options={
                "verbose_name": "dossier",
                "verbose_name_plural": "dossiers",
                "ordering": ["-published_at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="DossierItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=1, verbose_name="position")),
                (
                    "heading",
                    models.CharField(
                        blank=True,
                        help_text="Begins a new part of the dossier, up to the next heading.",
                        max_length=140,
                        verbose_name="heading",
                    ),
                ),
            ],
            options={
                "verbose_name": "place in a dossier",
                "verbose_name_plural": "places in a dossier",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
            ],
            options={
                "verbose_name": "followed author or dossier",
                "verbose_name_plural": "followed authors and dossiers",
            },
        ),
        # The new one first: meanwhile the old one serves. Made in about a second for 100,000 articles; writers wait.
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("status__in", ["scheduled", "published", "modified"])),
                fields=["-published_at", "-id"],
                include=("embargo_until", "unpublish_at", "format", "primary_specialty"),
                name="articles_listed",
            ),
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="articles_published",
        ),
        migrations.AddField(
            model_name="dossier",
            name="image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dossiers",
                to="articles.image",
                verbose_name="image",
            ),
        ),
        migrations.AddField(
            model_name="dossieritem",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dossier_items",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="dossieritem",
            name="dossier",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="items", to="articles.dossier"
            ),
        ),
        migrations.AddField(
            model_name="dossieritem",
            name="poll",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="dossier_items",
                to="polls.poll",
                verbose_name="debate or reader poll",
            ),
        ),
        migrations.AddField(
            model_name="following",
            name="author",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followings",
                to="articles.author",
                verbose_name="author",
            ),
        ),
        migrations.AddField(
            model_name="following",
            name="dossier",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followings",
                to="articles.dossier",
                verbose_name="dossier",
            ),
        ),
        migrations.AddField(
            model_name="following",
            name="reader",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="followed_pages",
                to=settings.AUTH_USER_MODEL,
                verbose_name="reader",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossieritem",
            constraint=models.UniqueConstraint(
                fields=("dossier", "article"),
                name="an_article_stands_once_in_a_dossier",
                violation_error_message="This article stands in the dossier already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossieritem",
            constraint=models.UniqueConstraint(
                fields=("dossier", "poll"),
                name="a_question_stands_once_in_a_dossier",
                violation_error_message="This question stands in the dossier already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="dossieritem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article__isnull", False), ("poll", None)),
                    models.Q(("article", None), ("poll__isnull", False)),
                    _connector="OR",
                ),
                name="a_place_holds_an_article_or_a_question",
                violation_error_message="Choose an article, or a debate or poll: one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.UniqueConstraint(fields=("reader", "author"), name="an_author_is_followed_once"),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.UniqueConstraint(fields=("reader", "dossier"), name="a_dossier_is_followed_once"),
        ),
        migrations.AddConstraint(
            model_name="following",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("author__isnull", False), ("dossier", None)),
                    models.Q(("author", None), ("dossier__isnull", False)),
                    _connector="OR",
                ),
                name="one_follows_an_author_or_a_dossier",
            ),
        ),
    ]
