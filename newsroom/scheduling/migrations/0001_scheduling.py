"""The schedule: what has to be done at a moment."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ScheduledAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=80, verbose_name="kind")),
                ("subject_id", models.BigIntegerField(verbose_name="subject")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("planned_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="planned")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_attempt_at", models.DateTimeField(verbose_name="next attempt")),
                ("last_error", models.TextField(blank=True, verbose_name="last error")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="carried out")),
                ("failed_at", models.DateTimeField(blank=True, null=True, verbose_name="given up")),
            ],
            options={
                "verbose_name": "planned action",
                "verbose_name_plural": "planned actions",
                "permissions": [("retry_scheduledaction", "Can try planned actions again")],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("failed_at", None)),
                        fields=["next_attempt_at"],
                        name="actions_due",
                    ),
                    models.Index(
                        condition=models.Q(("done_at", None), ("failed_at__isnull", False)),
                        fields=["-failed_at"],
                        name="actions_given_up",
                    ),
                    models.Index(
                        condition=models.Q(("done_at__isnull", False)), fields=["done_at"], name="actions_done"
                    ),
                    models.Index(fields=["subject_id", "kind"], name="actions_of_a_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("done_at", None)),
                        fields=("kind", "subject_id"),
                        name="one_undone_action_a_kind_and_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("done_at", None), ("failed_at", None), _connector="OR"),
                        name="action_is_not_both_done_and_given_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("next_attempt_at__gte", models.F("due_at"))),
                        name="no_attempt_before_the_action_is_due",
                    ),
                ],
            },
        ),
    ]
