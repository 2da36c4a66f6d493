"""What concerns the desk is told too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Choices of the column."""

    dependencies = [
        ("notifications", "0002_roles"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notification",
            name="kind",
            field=models.CharField(
                choices=[
                    ("released", "Message published after reading"),
                    ("rejected", "Message rejected"),
                    ("reply", "Reply to one of your messages"),
                    ("featured", "Argument featured by the newsroom"),
                    ("mention", "A colleague names you"),
                    ("review", "Review of an article"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
    ]
