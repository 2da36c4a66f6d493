"""What a debate is found by besides its question, which is its poll's: its introduction and its summary.

As for articles (``articles/0003_search``) the column is no field of the model. Adding it rewrites the table under an
exclusive lock: some hundreds of rows.
"""

from django.db import migrations

FORWARD = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE debates_debate ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(fr_vector(left(introduction, 100000)), 'B') || setweight(fr_vector(left(summary, 100000)), 'C')
) STORED;
"""

BACKWARD = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE debates_debate DROP COLUMN search;
"""


class Migration(migrations.Migration):
    """A column."""

    dependencies = [("debates", "0005_plan_phases"), ("articles", "0003_search")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
