"""What the desk needs: formats, states, revisions, requests for review, ends of publication.

Columns first; the states of what is there follow in 0006, the rules over them in 0007: a rule cannot be laid over
rows that do not keep it yet.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Tables and columns."""

    dependencies = [
        ("articles", "0004_thread_openings"),
        ("discussions", "0003_opening"),
        ("polls", "0003_labels_may_swap"),
        ("taxonomy", "0002_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ArticleRevision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(blank=True, null=True, verbose_name="number")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("autosave", "Kept by itself"),
                            ("save", "Saved"),
                            ("submit", "Submitted"),
                            ("publish", "Published"),
                            ("correct", "Corrected"),
                        ],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                ("content", models.JSONField(verbose_name="content")),
                ("digest", models.CharField(max_length=64, verbose_name="digest")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
                ("base", models.PositiveIntegerField(blank=True, null=True, verbose_name="typed on")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("form_key", models.CharField(blank=True, max_length=36, verbose_name="form")),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
            },
        ),
        migrations.CreateModel(
            name="ReviewRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("editorial", "Editorial review"),
                            ("medical", "Medical review"),
                            ("legal", "Legal review"),
                        ],
                        default="editorial",
                        max_length=9,
                        verbose_name="kind",
                    ),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("high", "High"), ("normal", "Normal"), ("low", "Low")],
                        default="normal",
                        max_length=6,
                        verbose_name="priority",
                    ),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="asked")),
                ("taken_at", models.DateTimeField(blank=True, null=True, verbose_name="taken on")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("approved", "Approved"), ("changes", "Changes asked for")],
                        max_length=8,
                        verbose_name="outcome",
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("version", models.PositiveIntegerField(blank=True, null=True, verbose_name="text that was read")),
            ],
            options={
                "verbose_name": "request for review",
                "verbose_name_plural": "requests for review",
            },
        ),
        migrations.AlterModelOptions(
            name="article",
            options={
                "permissions": [
                    ("publish_article", "Can publish articles"),
                    ("validate_article", "Can approve articles"),
                    ("review_article_medical", "Can review articles as a physician"),
                    ("review_article_legal", "Can review articles as a lawyer"),
                ],
                "verbose_name": "article",
                "verbose_name_plural": "articles",
            },
        ),
        migrations.RemoveConstraint(
            model_name="article",
            name="published_article_has_date_and_thread",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="articles_published",
        ),
        migrations.AddField(
            model_name="article",
            name="canonical_url",
            field=models.URLField(
                blank=True,
                help_text="Where the story was published first, when that is not here.",
                max_length=500,
                verbose_name="canonical address",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="evidence_level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("A", "Grade A: established scientific proof"),
                    ("B", "Grade B: scientific presumption"),
                    ("C", "Grade C: low level of proof"),
                    ("AE", "Experts’ agreement"),
                ],
                max_length=2,
                verbose_name="level of evidence",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="evidence_note",
            field=models.TextField(
                blank=True,
                help_text="What is known and how well: type of study, population, limits.",
                max_length=1200,
                verbose_name="evidence",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="image_alt",
            field=models.CharField(
                blank=True,
                help_text="What the image says in this article; without it, the library’s own description.",
                max_length=300,
                verbose_name="alternative text of the image",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="image_is_decorative",
            field=models.BooleanField(
                default=False, help_text="Says nothing here that the text does not.", verbose_name="decorative image"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="is_clinical",
            field=models.BooleanField(
                default=False,
                help_text="Read and approved by somebody other than its author before it is published.",
                verbose_name="clinical content",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="needs_legal_review",
            field=models.BooleanField(default=False, verbose_name="legal review"),
        ),
        migrations.AddField(
            model_name="article",
            name="needs_medical_review",
            field=models.BooleanField(default=False, verbose_name="medical review"),
        ),
        migrations.AddField(
            model_name="article",
            name="review_by",
            field=models.DateField(
                blank=True,
                help_text="When its content must be checked again.",
                null=True,
                verbose_name="to be reviewed by",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="short_title",
            field=models.CharField(
                blank=True,
                help_text="For narrow lists and letters; the title without it.",
                max_length=70,
                verbose_name="short title",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="trashed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="put in the bin"),
        ),
        migrations.AddField(
            model_name="article",
            name="unpublish_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="end of publication"),
        ),
        migrations.AddField(
            model_name="article",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="article",
            name="withdrawal_notice",
            field=models.TextField(
                blank=True,
                help_text="What readers are told at its address once it is unpublished.",
                max_length=600,
                verbose_name="notice of withdrawal",
            ),
        ),
        migrations.AddField(
            model_name="byline",
            name="affiliation",
            field=models.CharField(blank=True, max_length=200, verbose_name="affiliation"),
        ),
        migrations.AddField(
            model_name="byline",
            name="interests",
            field=models.TextField(blank=True, max_length=1000, verbose_name="declared interests"),
        ),
        migrations.AddField(
            model_name="byline",
            name="role",
            field=models.CharField(
                blank=True, help_text="Without it, the author’s own.", max_length=140, verbose_name="role"
            ),
        ),
        migrations.AddField(
            model_name="correction",
            name="is_substantive",
            field=models.BooleanField(default=True, verbose_name="on substance"),
        ),
        migrations.AddField(
            model_name="correction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("error", "Error of fact"),
                    ("figure", "Figure or dose"),
                    ("attribution", "Name or attribution"),
                    ("clarification", "Clarification"),
                    ("update", "Update"),
                ],
                default="error",
                max_length=13,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="format",
            field=models.CharField(
                choices=[
                    ("news", "News"),
                    ("interview", "Interview"),
                    ("investigation", "Investigation"),
                    ("report", "Report"),
                    ("explainer", "Explainer"),
                    ("case", "Clinical case"),
                    ("podcast", "Podcast"),
                    ("video", "Video"),
                    ("opinion", "Opinion piece"),
                    ("brief", "Brief"),
                    ("dossier", "Dossier"),
                    ("partner", "Partner content"),
                ],
                default="news",
                max_length=15,
                verbose_name="format",
            ),
        ),
        migrations.AlterField(
            model_name="article",
            name="status",
            field=models.CharField(
                choices=[
                    ("draft", "Draft"),
                    ("review", "To review"),
                    ("fix", "To be reworked"),
                    ("approved", "Approved"),
                    ("scheduled", "Scheduled"),
                    ("published", "Published"),
                    ("modified", "Modified, not published"),
                    ("unpublished", "Unpublished"),
                    ("trash", "In the bin"),
                ],
                default="draft",
                max_length=11,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="article",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="revisions",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="articlerevision",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="working",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="articles.articlerevision",
                verbose_name="working version",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reviews",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="asked_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="asked by",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="assignee",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="given to",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="settled_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="settled by",
            ),
        ),
        migrations.AddField(
            model_name="reviewrequest",
            name="taken_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="taken on by",
            ),
        ),
        migrations.AddIndex(
            model_name="articlerevision",
            index=models.Index(condition=models.Q(("kind", "save")), fields=["at"], name="revisions_saved"),
        ),
        migrations.AddIndex(
            model_name="articlerevision",
            index=models.Index(
                condition=models.Q(("kind", "autosave")), fields=["by", "-at"], name="revisions_autosaved"
            ),
        ),
        migrations.AddConstraint(
            model_name="articlerevision",
            constraint=models.UniqueConstraint(fields=("article", "number"), name="one_revision_a_number"),
        ),
        migrations.AddConstraint(
            model_name="articlerevision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article__isnull", False), ("kind", "autosave")),
                fields=("article", "by"),
                name="one_autosave_an_editor_and_article",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlerevision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("article", None), ("kind", "autosave")),
                fields=("by", "form_key"),
                name="one_autosave_an_editor_and_new_form",
            ),
        ),
        migrations.AddConstraint(
            model_name="articlerevision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "autosave"), ("number", None)),
                    models.Q(
                        models.Q(("kind", "autosave"), _negated=True),
                        ("article__isnull", False),
                        ("number__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="every_revision_but_an_autosave_is_numbered",
            ),
        ),
        migrations.AddIndex(
            model_name="reviewrequest",
            index=models.Index(
                condition=models.Q(("settled_at", None)), fields=["due_at", "asked_at"], name="reviews_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at", None)), fields=("article", "kind"), name="one_open_review_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="reviewrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", ""), ("settled_at", None)),
                    models.Q(("settled_at__isnull", False), models.Q(("outcome", ""), _negated=True)),
                    _connector="OR",
                ),
                name="settled_review_has_an_outcome",
            ),
        ),
    ]
