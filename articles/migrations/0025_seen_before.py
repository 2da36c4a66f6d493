"""That readers knew of an article before its dates came to say otherwise."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column."""

    dependencies = [
        ("articles", "0024_desk_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="has_been_public",
            field=models.BooleanField(default=False, editable=False, verbose_name="was public"),
        ),
    ]
