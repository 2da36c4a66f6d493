"""What the desk searches by where readers do not see the latest words yet: those of working versions.

Triggers keep the table, so that no verb, import or bulk update can forget it. They fire after the row is written and
only when its working version or its address changes: a trigger before it would have PostgreSQL work out the generated
columns of the article, which are long, at every update of any column. What a version does not name, because it is
older than the column, is what the row says. A revision's content does not change; what a form keeps by itself does,
every few seconds, and is no working version.
"""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# The words of the generated column ``desk_search``, in which only the address is the row's own.
WORDS = """desk_words(
    coalesce(content ->> 'title', {row}.title) || ' ' || coalesce(content ->> 'short_title', {row}.short_title)
    || ' ' || coalesce(content ->> 'kicker', {row}.kicker) || ' ' || {row}.slug
    || ' ' || coalesce(content ->> 'standfirst', {row}.standfirst)
    || ' ' || coalesce(content ->> 'key_points', {row}.key_points)
    || ' ' || fr_plain(left(coalesce(content ->> 'body', {row}.body), 400000))
)"""

FORWARD = f"""
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION articles_keep_working_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.working_id IS NULL THEN
        DELETE FROM articles_workingwords WHERE article_id = NEW.id;
    ELSE
        INSERT INTO articles_workingwords (article_id, words)
            SELECT NEW.id, {WORDS.format(row="NEW")} FROM articles_articlerevision WHERE id = NEW.working_id
            ON CONFLICT (article_id) DO UPDATE SET words = EXCLUDED.words;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER working_words_follow_the_working_version AFTER UPDATE ON articles_article FOR EACH ROW
    WHEN ((OLD.working_id, OLD.slug) IS DISTINCT FROM (NEW.working_id, NEW.slug))
    EXECUTE FUNCTION articles_keep_working_words();

INSERT INTO articles_workingwords (article_id, words)
    SELECT a.id, {WORDS.format(row="a")} FROM articles_article a JOIN articles_articlerevision r ON r.id = a.working_id;
"""  # noqa: S608 - our own column names

BACKWARD = """
SET LOCAL lock_timeout = '5s';
DROP TRIGGER working_words_follow_the_working_version ON articles_article;
DROP FUNCTION articles_keep_working_words();
"""


class Migration(migrations.Migration):
    """A table, its index, a trigger."""

    dependencies = [("articles", "0031_vocabulary"), ("core", "0001_folding")]

    operations = [
        migrations.CreateModel(
            name="WorkingWords",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="working_words",
                        serialize=False,
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                ("words", django.contrib.postgres.search.SearchVectorField(editable=False, verbose_name="words")),
            ],
            options={
                "verbose_name": "words of a working version",
                "verbose_name_plural": "words of working versions",
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["words"], name="working_words_found")],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
