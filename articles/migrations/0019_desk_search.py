"""What the desk searches by: a column of words for articles, indexes of words for what grows beside them.

The column holds all that an editor can read of an article, what is reserved for professionals too: only the desk asks
it. It is no field of the model: Django would read the vector with every article. Adding it rewrites the table under an
exclusive lock: instant on a new site; on a large one the time-out makes the migration fail, and leaves readers in
peace, when the lock is not to be had.
"""

from django.db import migrations

FORWARD = """
SET LOCAL lock_timeout = '5s';

ALTER TABLE articles_article ADD COLUMN desk_search tsvector GENERATED ALWAYS AS (desk_words(
    title || ' ' || short_title || ' ' || kicker || ' ' || slug || ' ' || standfirst || ' ' || key_points
    || ' ' || fr_plain(left(body_html, 400000))
)) STORED;
CREATE INDEX articles_desk_search ON articles_article USING gin (desk_search);

CREATE INDEX authors_words ON articles_author USING gin (desk_words(name || ' ' || role));
CREATE INDEX authors_names ON articles_author USING gin (desk_words(name));
CREATE INDEX images_words ON articles_image USING gin (desk_words(alt || ' ' || caption || ' ' || credit));
CREATE INDEX references_by_doi ON articles_reference (lower(doi)) WHERE doi <> '';
"""

BACKWARD = """
SET LOCAL lock_timeout = '5s';
DROP INDEX references_by_doi;
DROP INDEX images_words;
DROP INDEX authors_names;
DROP INDEX authors_words;
ALTER TABLE articles_article DROP COLUMN desk_search;
"""


class Migration(migrations.Migration):
    """Column and indexes."""

    dependencies = [("articles", "0018_remark_roles"), ("core", "0001_folding")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
