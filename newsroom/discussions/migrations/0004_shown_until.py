"""A thread may end with its owner, by the clock."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column."""

    dependencies = [
        ("discussions", "0003_opening"),
    ]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="shown_until",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="public until"),
        ),
    ]
