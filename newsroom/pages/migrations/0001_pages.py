"""The pages about the house, and what they said before."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

KEY = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def words():
    """Return the fields that a page and its revisions share."""
    told = "One sentence, for search engines and shared links."
    return [
        ("title", models.CharField(max_length=120, verbose_name="title")),
        ("description", models.CharField(help_text=told, max_length=200, verbose_name="description")),
        ("lead", models.CharField(blank=True, max_length=300, verbose_name="standfirst")),
        ("body", models.TextField(verbose_name="text")),
    ]


def person(label, **options):
    """Return a key of an account that may be gone."""
    gone = django.db.models.deletion.SET_NULL
    to = settings.AUTH_USER_MODEL
    return models.ForeignKey(null=True, on_delete=gone, related_name="+", to=to, verbose_name=label, **options)


class Migration(migrations.Migration):
    """Two tables."""

    initial = True

    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="Page",
            fields=[
                ("id", KEY),
                *words(),
                ("slug", models.SlugField(editable=False, max_length=60, unique=True, verbose_name="address")),
                ("body_html", models.TextField(editable=False)),
                ("renderer", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="version")),
                (
                    "changed_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="changed"),
                ),
                ("changed_by", person("changed by", blank=True, editable=False)),
            ],
            options={
                "verbose_name": "page about the house",
                "verbose_name_plural": "pages about the house",
                "ordering": ["slug"],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("version__gte", 1)), name="page_versions_count_from_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="PageRevision",
            fields=[
                ("id", KEY),
                *words(),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("saved_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="saved")),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="pages.page",
                        verbose_name="page",
                    ),
                ),
                ("saved_by", person("saved by")),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": [models.OrderBy(models.F("number"), descending=True)],
                "constraints": [
                    models.UniqueConstraint(fields=("page", "number"), name="one_revision_a_number_of_a_page")
                ],
            },
        ),
    ]
