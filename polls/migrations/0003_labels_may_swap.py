from django.db import migrations, models


class Migration(migrations.Migration):
    """Two answers of a poll may change places in one statement."""

    dependencies = [("polls", "0002_roles")]

    operations = [
        migrations.RemoveConstraint(model_name="choice", name="one_choice_a_label"),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable.IMMEDIATE,
                fields=("poll", "label"),
                name="one_choice_a_label",
            ),
        ),
    ]
