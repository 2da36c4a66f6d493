"""What the list of people is searched by: an index of the words of their addresses, names and numbers."""

from django.db import migrations

INDEX = """
SET LOCAL lock_timeout = '5s';
CREATE INDEX people_words ON accounts_user USING gin (
    desk_words(email || ' ' || first_name || ' ' || last_name || ' ' || pseudonym || ' ' || rpps)
);
"""


class Migration(migrations.Migration):
    """One index."""

    dependencies = [("accounts", "0003_scheduling_roles"), ("core", "0001_folding")]

    operations = [migrations.RunSQL(INDEX, "DROP INDEX people_words")]
