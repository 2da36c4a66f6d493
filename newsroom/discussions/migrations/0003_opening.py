"""When readers may know of a thread. Rows that are there stay hidden until their owners' migrations show them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """A column that may be empty: added at once on a live table."""

    dependencies = [("discussions", "0002_roles")]

    operations = [
        migrations.AddField(
            model_name="thread",
            name="opens_at",
            field=models.DateTimeField(
                blank=True,
                help_text="Readers may know of it from then on. Empty: hidden.",
                null=True,
                verbose_name="public",
            ),
        ),
    ]
