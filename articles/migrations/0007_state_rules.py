"""The rules over states, now that every article keeps them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Constraints and the index of what readers see."""

    dependencies = [("articles", "0006_states")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("status__in", ["scheduled", "published", "modified"])),
                fields=["-published_at", "-id"],
                name="articles_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["scheduled", "published", "modified"]), _negated=True),
                    models.Q(("published_at__isnull", False), ("thread__isnull", False)),
                    _connector="OR",
                ),
                name="published_article_has_date_and_thread",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "unpublished"), _negated=True), ("thread__isnull", False), _connector="OR"
                ),
                name="unpublished_article_was_published",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "modified"), ("working__isnull", False)),
                    models.Q(models.Q(("status", "modified"), _negated=True), ("working", None)),
                    _connector="OR",
                ),
                name="modified_article_has_a_working_version",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "trash"), ("trashed_at__isnull", False)),
                    models.Q(models.Q(("status", "trash"), _negated=True), ("trashed_at", None)),
                    _connector="OR",
                ),
                name="article_in_the_bin_says_since_when",
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("unpublish_at", None),
                    ("published_at", None),
                    ("unpublish_at__gt", models.F("published_at")),
                    _connector="OR",
                ),
                name="publication_ends_after_it_begins",
                violation_error_message="Publication ends after it begins.",
            ),
        ),
    ]
