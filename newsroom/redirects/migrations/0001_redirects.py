"""The redirects, and the index that their list is searched by."""

import django.utils.timezone
from django.db import migrations, models

INDEX = "CREATE INDEX redirects_words ON redirects_redirect USING gin (desk_words(old_path || ' ' || new_path))"


class Migration(migrations.Migration):
    """One table."""

    initial = True

    dependencies = [("core", "0001_folding")]

    operations = [
        migrations.CreateModel(
            name="Redirect",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("old_path", models.CharField(max_length=255, unique=True, verbose_name="old address")),
                ("new_path", models.CharField(db_index=True, max_length=255, verbose_name="new address")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="made")),
            ],
            options={
                "verbose_name": "redirect",
                "verbose_name_plural": "redirects",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("old_path", models.F("new_path")), _negated=True),
                        name="a_path_does_not_lead_to_itself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("new_path__regex", "^/[^/\\\\]"), ("old_path__regex", "^/[^/\\\\]")),
                        name="redirects_stay_on_this_site",
                    ),
                ],
            },
        ),
        migrations.RunSQL(INDEX, "DROP INDEX redirects_words"),
    ]
