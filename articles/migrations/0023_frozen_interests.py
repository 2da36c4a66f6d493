"""That what an author declared was frozen, also where it was nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The column."""

    dependencies = [
        ("articles", "0022_batches"),
    ]

    operations = [
        migrations.AddField(
            model_name="byline",
            name="are_interests_frozen",
            field=models.BooleanField(default=False, editable=False, verbose_name="interests as at publication"),
        ),
    ]
