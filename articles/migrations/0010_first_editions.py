"""What selections hold becomes their first edition, shown from now on, in the order that it has.

On the way back a selection holds what its latest edition shows; earlier editions, the one being composed and slots
that a rule fills have no place in the old tables and are given up.
"""

from django.db import migrations

FORWARD = """
INSERT INTO articles_selectionedition (selection_id, number, starts_at, published_at, composed_at, version)
SELECT DISTINCT selection_id, 1, statement_timestamp(), statement_timestamp(), statement_timestamp(), 0
FROM articles_selectionitem;

UPDATE articles_selectionitem AS item
SET edition_id = edition.id, position = counted.number
FROM articles_selectionedition AS edition,
    (
        SELECT id, row_number() OVER (PARTITION BY selection_id ORDER BY position, id) AS number
        FROM articles_selectionitem
    ) AS counted
WHERE edition.selection_id = item.selection_id AND counted.id = item.id;
"""

BACKWARD = """
DELETE FROM articles_selectionitem
WHERE article_id IS NULL OR edition_id NOT IN (
    SELECT DISTINCT ON (selection_id) id
    FROM articles_selectionedition
    WHERE starts_at <= statement_timestamp()
    ORDER BY selection_id, starts_at DESC, number DESC
);

UPDATE articles_selectionitem AS item
SET selection_id = edition.selection_id
FROM articles_selectionedition AS edition
WHERE edition.id = item.edition_id;

UPDATE articles_selectionitem SET edition_id = NULL;
DELETE FROM articles_selectionedition;
"""


class Migration(migrations.Migration):
    """First editions."""

    dependencies = [("articles", "0009_editions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
