"""A debate remembers that its opening and its closing were told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("debates", "0003_thread_openings")]

    operations = [
        migrations.AddField(
            model_name="debate",
            name="opening_told_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="debate",
            name="closing_told_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
