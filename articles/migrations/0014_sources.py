"""Works known to the registers of science, and references that need no more than an identifier."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Table and columns."""

    dependencies = [
        ("articles", "0013_image_uses"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="reference",
            name="pmid",
            field=models.CharField(
                blank=True,
                max_length=8,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A[1-9][0-9]{0,7}\\Z", "A PMID is a number of at most eight digits, such as 12345678."
                    )
                ],
                verbose_name="PMID",
            ),
        ),
        migrations.AlterField(
            model_name="reference",
            name="doi",
            field=models.CharField(
                blank=True,
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "\\A10\\.\\d{4,9}(\\.\\d+)*/\\S+\\Z", "A DOI looks like 10.1038/s41586-025-08974-4."
                    )
                ],
                verbose_name="DOI",
            ),
        ),
        migrations.AlterField(
            model_name="reference",
            name="text",
            field=models.CharField(
                blank=True,
                help_text="Left empty, it is made of the DOI or PMID.",
                max_length=500,
                verbose_name="reference",
            ),
        ),
        migrations.AlterField(
            model_name="reference",
            name="url",
            field=models.URLField(blank=True, max_length=500, verbose_name="address"),
        ),
        migrations.CreateModel(
            name="Source",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("doi", models.CharField(blank=True, max_length=200, verbose_name="DOI")),
                (
                    "pmid",
                    models.CharField(
                        blank=True,
                        max_length=8,
                        validators=[
                            django.core.validators.RegexValidator(
                                "\\A[1-9][0-9]{0,7}\\Z", "A PMID is a number of at most eight digits, such as 12345678."
                            )
                        ],
                        verbose_name="PMID",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("article", "Journal article"),
                            ("book", "Book"),
                            ("chapter", "Chapter of a book"),
                            ("report", "Report"),
                            ("preprint", "Preprint"),
                            ("thesis", "Thesis"),
                            ("other", "Other"),
                        ],
                        default="other",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=1000, verbose_name="title")),
                ("authors", models.JSONField(blank=True, default=list, verbose_name="authors")),
                ("container_title", models.CharField(blank=True, max_length=500, verbose_name="journal or book")),
                ("container_short", models.CharField(blank=True, max_length=500, verbose_name="abbreviated")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="year")),
                ("volume", models.CharField(blank=True, max_length=60, verbose_name="volume")),
                ("issue", models.CharField(blank=True, max_length=60, verbose_name="issue")),
                ("pages", models.CharField(blank=True, max_length=60, verbose_name="pages")),
                ("publisher", models.CharField(blank=True, max_length=500, verbose_name="publisher")),
                (
                    "state",
                    models.CharField(
                        choices=[("wanted", "To be looked up"), ("found", "Found"), ("unknown", "In no register")],
                        default="wanted",
                        max_length=7,
                        verbose_name="state",
                    ),
                ),
                ("looked_up_at", models.DateTimeField(blank=True, null=True, verbose_name="looked up")),
                (
                    "next_attempt_at",
                    models.DateTimeField(default=django.utils.timezone.now, verbose_name="next attempt"),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts without an answer")),
                ("error", models.CharField(blank=True, max_length=300, verbose_name="last error")),
                (
                    "notice_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Corrected"),
                            ("concern", "Warning by the journal"),
                            ("retraction", "Retracted"),
                        ],
                        max_length=10,
                        verbose_name="notice",
                    ),
                ),
                ("notice_on", models.DateField(blank=True, null=True, verbose_name="date of the notice")),
                ("notice_doi", models.CharField(blank=True, max_length=200, verbose_name="DOI of the notice")),
                ("notice_found_at", models.DateTimeField(blank=True, null=True, verbose_name="notice found")),
                ("notice_settled_at", models.DateTimeField(blank=True, null=True, verbose_name="notice dealt with")),
                (
                    "notice_settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="dealt with by",
                    ),
                ),
            ],
            options={
                "verbose_name": "source",
                "verbose_name_plural": "sources",
            },
        ),
        migrations.AddField(
            model_name="reference",
            name="source",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="references",
                to="articles.source",
                verbose_name="source",
            ),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(condition=models.Q(("state", "wanted")), fields=["next_attempt_at"], name="sources_due"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["looked_up_at"], name="sources_checked"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(
                condition=models.Q(("notice_kind", ""), _negated=True),
                fields=["-notice_found_at"],
                name="sources_with_notice",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("doi", ""), _negated=True), fields=("doi",), name="one_source_a_doi"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                condition=models.Q(("pmid", ""), _negated=True), fields=("pmid",), name="one_source_a_pmid"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(("doi", ""), ("pmid", ""), _negated=True), name="a_source_has_an_identifier"
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("looked_up_at", None), ("state", "wanted")),
                    models.Q(models.Q(("state", "wanted"), _negated=True), ("looked_up_at__isnull", False)),
                    _connector="OR",
                ),
                name="an_answered_source_says_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("notice_doi", ""),
                        ("notice_found_at", None),
                        ("notice_kind", ""),
                        ("notice_on", None),
                        ("notice_settled_at", None),
                    ),
                    models.Q(models.Q(("notice_kind", ""), _negated=True), ("notice_found_at__isnull", False)),
                    _connector="OR",
                ),
                name="only_a_notice_has_dates_and_a_doi",
            ),
        ),
    ]
