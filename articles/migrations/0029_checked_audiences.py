"""The rule over audiences holds for every article; reading them all takes a lock that hinders no reader and no editor."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    """Old rows are read, in a transaction of its own."""

    dependencies = [("articles", "0028_dossier_roles")]

    operations = [ValidateConstraint(model_name="article", name="article_says_who_may_read_it")]
