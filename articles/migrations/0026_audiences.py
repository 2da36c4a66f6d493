"""A third audience: readers who have signed in; and a rule that names all three.

Safe on a live table: no row is written, and the rule binds new rows at once while nobody waits; ``0029_checked_audiences``
reads the old ones. The generated column of the search asks for ``audience = 'public'`` (``0003_search``), so it needs no
change: a text that is open to signed-in readers has never been in it.
"""

from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Choices, and the constraint for new rows."""

    dependencies = [("articles", "0025_seen_before")]

    operations = [
        migrations.RunSQL("SET LOCAL lock_timeout = '5s'", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="article",
            name="audience",
            field=models.CharField(
                choices=[
                    ("public", "Everybody"),
                    ("registered", "Signed-in readers"),
                    ("professionals", "Verified health professionals"),
                ],
                default="public",
                max_length=15,
                verbose_name="who may read it",
            ),
        ),
        AddConstraintNotValid(
            model_name="article",
            constraint=models.CheckConstraint(
                condition=models.Q(("audience__in", ["public", "registered", "professionals"])),
                name="article_says_who_may_read_it",
            ),
        ),
    ]
