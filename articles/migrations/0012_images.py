"""Renditions of pictures; their term, consent, focal point; taking them out of the library.

What the library holds already is due for its renditions: the first sweep makes them.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Columns, table, rules."""

    dependencies = [
        ("articles", "0011_slots"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rendition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "format",
                    models.CharField(
                        choices=[("avif", "AVIF"), ("webp", "WebP"), ("jpeg", "JPEG")],
                        max_length=4,
                        verbose_name="format",
                    ),
                ),
                ("width", models.PositiveIntegerField(help_text="In pixels.", verbose_name="width")),
                ("file", models.FileField(max_length=255, upload_to="renditions/%Y/%m/", verbose_name="file")),
                ("bytes", models.PositiveIntegerField(help_text="In bytes.", verbose_name="weight")),
            ],
            options={
                "verbose_name": "rendition",
                "verbose_name_plural": "renditions",
                "ordering": ["format", "width"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="image",
            name="image_has_text_or_is_decorative",
        ),
        migrations.AddField(
            model_name="image",
            name="consent",
            field=models.CharField(
                choices=[("not_needed", "Not needed"), ("obtained", "Obtained"), ("missing", "Missing")],
                default="not_needed",
                max_length=10,
                verbose_name="consent",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="consent_reference",
            field=models.CharField(
                blank=True,
                help_text="File or folder number. Never the form itself, nor the patient’s name.",
                max_length=200,
                verbose_name="where the consent is kept",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="focal_x",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="In percent.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point, from the left",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="focal_y",
            field=models.PositiveSmallIntegerField(
                default=50,
                help_text="In percent.",
                validators=[django.core.validators.MaxValueValidator(100)],
                verbose_name="focal point, from the top",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="needs_words",
            field=models.BooleanField(default=False, editable=False, verbose_name="to be described"),
        ),
        migrations.AddField(
            model_name="image",
            name="removed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="taken out of the library"),
        ),
        migrations.AddField(
            model_name="image",
            name="renditions_attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="renditions_due_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="renditions_error",
            field=models.TextField(blank=True, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="rights_until",
            field=models.DateField(
                blank=True,
                help_text="The last day on which it may be shown. Empty: no end.",
                null=True,
                verbose_name="rights until",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="shows_patient",
            field=models.BooleanField(
                default=False,
                help_text="Anybody who could be recognised as one, from behind as well.",
                verbose_name="shows a patient",
            ),
        ),
        migrations.AddField(
            model_name="image",
            name="sources",
            field=models.JSONField(default=list, editable=False),
        ),
        migrations.AddField(
            model_name="image",
            name="told_ending",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="image",
            name="told_over",
            field=models.DateField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="image",
            name="alt",
            field=models.CharField(
                blank=True,
                help_text="What somebody who does not see the image needs to know. Each article may say it in its own way.",
                max_length=300,
                verbose_name="alternative text",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(fields=["file"], name="images_by_file"),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("renditions_due_at__isnull", False)),
                fields=["renditions_due_at"],
                name="images_without_renditions",
            ),
        ),
        migrations.AddIndex(
            model_name="image",
            index=models.Index(
                condition=models.Q(("rights_until__isnull", False)), fields=["rights_until"], name="images_with_a_term"
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("alt", ""), _negated=True),
                    ("is_decorative", True),
                    ("needs_words", True),
                    _connector="OR",
                ),
                name="image_has_text_or_is_decorative",
                violation_error_message="Describe the image, or declare it decorative.",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shows_patient", False), models.Q(("consent", "not_needed"), _negated=True), _connector="OR"
                ),
                name="image_of_a_patient_states_his_consent",
                violation_error_message="The image shows a patient: say whether consent was obtained.",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("consent", "obtained"), _negated=True),
                    models.Q(("consent_reference", ""), _negated=True),
                    _connector="OR",
                ),
                name="obtained_consent_says_where_it_is_kept",
                violation_error_message="Say where the signed consent is kept.",
            ),
        ),
        migrations.AddConstraint(
            model_name="image",
            constraint=models.CheckConstraint(
                condition=models.Q(("focal_x__lte", 100), ("focal_y__lte", 100)), name="focal_point_lies_in_the_image"
            ),
        ),
        migrations.AddField(
            model_name="rendition",
            name="image",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="renditions",
                to="articles.image",
                verbose_name="image",
            ),
        ),
        migrations.AddConstraint(
            model_name="rendition",
            constraint=models.UniqueConstraint(
                fields=("image", "width", "format"), name="one_rendition_a_width_and_format"
            ),
        ),
    ]
