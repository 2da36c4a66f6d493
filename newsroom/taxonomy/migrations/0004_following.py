"""Who follows what."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("taxonomy", "0003_redirect_roles"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Following",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "reader",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed_subjects",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reader",
                    ),
                ),
                (
                    "specialty",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to="taxonomy.specialty",
                        verbose_name="specialty",
                    ),
                ),
                (
                    "tag",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followings",
                        to="taxonomy.tag",
                        verbose_name="tag",
                    ),
                ),
            ],
            options={
                "verbose_name": "followed specialty or tag",
                "verbose_name_plural": "followed specialties and tags",
                "constraints": [
                    models.UniqueConstraint(fields=("reader", "specialty"), name="a_specialty_is_followed_once"),
                    models.UniqueConstraint(fields=("reader", "tag"), name="a_tag_is_followed_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("specialty__isnull", False), ("tag", None)),
                            models.Q(("specialty", None), ("tag__isnull", False)),
                            _connector="OR",
                        ),
                        name="one_follows_a_specialty_or_a_tag",
                    ),
                ],
            },
        ),
    ]
