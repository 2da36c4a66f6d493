"""The renderer is at its second version."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The default."""

    dependencies = [
        ("discussions", "0004_shown_until"),
    ]

    operations = [
        migrations.AlterField(
            model_name="comment",
            name="renderer",
            field=models.PositiveSmallIntegerField(default=2, editable=False, verbose_name="renderer"),
        ),
    ]
