"""Chapters and words of sounds, and which articles go with an article.

Columns with a default that the catalogue holds: no row is rewritten, and a server of the version before goes on writing.
"""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import articles.chapters
import articles.models.sounds

SPOKEN = (
    "What is said, as plain text; an empty line parts paragraphs. “Name: ” at the beginning of one says who speaks."
)


class Migration(migrations.Migration):
    """Three columns, one table."""

    dependencies = [("articles", "0029_checked_audiences")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        # New sounds only: those that are there keep their addresses.
        migrations.AlterField(
            model_name="article",
            name="audio",
            field=models.FileField(
                blank=True,
                max_length=255,
                upload_to=articles.models.sounds.sound_name,
                validators=[django.core.validators.FileExtensionValidator(["mp3", "m4a", "ogg"])],
                verbose_name="audio file",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="chapter_lines",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="One a line, the moment and then the title: “02:30 The title”.",
                validators=[articles.chapters.check_chapters],
                verbose_name="chapters",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="transcript",
            field=models.TextField(blank=True, db_default="", default="", help_text=SPOKEN, verbose_name="transcript"),
        ),
        migrations.AddField(
            model_name="article",
            name="transcript_html",
            field=models.TextField(
                blank=True, db_default="", default="", editable=False, verbose_name="rendered transcript"
            ),
        ),
        migrations.CreateModel(
            name="Related",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="related", to="articles.article"
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="related_to", to="articles.article"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="position")),
            ],
            options={
                "verbose_name": "related article",
                "verbose_name_plural": "related articles",
                "ordering": ["article", "position"],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "other"), name="an_article_is_related_once"),
                    models.CheckConstraint(
                        condition=models.Q(("article", models.F("other")), _negated=True),
                        name="no_article_is_related_to_itself",
                    ),
                ],
            },
        ),
    ]
