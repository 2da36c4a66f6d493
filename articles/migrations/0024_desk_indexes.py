"""What the desk's list and its filters are read from, at 100,000 articles and more.

Made in about a second at that size; writers wait meanwhile.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Indexes."""

    dependencies = [
        ("articles", "0023_frozen_interests"),
        ("discussions", "0005_renderer"),
        ("polls", "0003_labels_may_swap"),
        ("taxonomy", "0003_redirect_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="article",
            name="primary_specialty",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="taxonomy.specialty",
                verbose_name="main specialty",
            ),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-changed_at", "-id"], name="articles_changed"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "-changed_at", "-id"], name="articles_by_state"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["primary_specialty", "-changed_at", "-id"], name="articles_filed"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "audience", "format", "primary_specialty"], name="articles_counted"),
        ),
    ]
