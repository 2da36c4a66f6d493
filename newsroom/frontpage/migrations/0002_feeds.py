"""What is kept of feeds, and the triggers that keep it true.

A row for each article is made with the article; whatever its items tell empties its ``maker`` when it changes. So the
row always exists: who writes items locks it, and a change that comes in between waits and empties it once more.
"""

import django.db.models.deletion
from django.db import migrations, models

# Row by row, so that a statement that changes nothing of this costs nothing; what is emptied already is left alone.
FORWARDS = """
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION frontpage_keep_feed_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO frontpage_feeditem (article_id) SELECT id FROM fresh ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER an_article_has_feed_items AFTER INSERT ON articles_article
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION frontpage_keep_feed_items();

CREATE FUNCTION frontpage_empty_feed_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = '' WHERE article_id = NEW.id AND maker <> '';
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_the_article AFTER UPDATE ON articles_article FOR EACH ROW
    WHEN (
        (OLD.title, OLD.slug, OLD.standfirst, OLD.audience, OLD.format, OLD.sponsor, OLD.published_at,
            OLD.corrected_at, OLD.primary_specialty_id, OLD.image_id, OLD.image_alt, OLD.image_is_decorative,
            OLD.audio, OLD.audio_seconds, OLD.chapter_lines, OLD.transcript, OLD.body_html)
        IS DISTINCT FROM
        (NEW.title, NEW.slug, NEW.standfirst, NEW.audience, NEW.format, NEW.sponsor, NEW.published_at,
            NEW.corrected_at, NEW.primary_specialty_id, NEW.image_id, NEW.image_alt, NEW.image_is_decorative,
            NEW.audio, NEW.audio_seconds, NEW.chapter_lines, NEW.transcript, NEW.body_html)
    )
    EXECUTE FUNCTION frontpage_empty_feed_item();

CREATE FUNCTION frontpage_empty_feed_item_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = '' WHERE article_id IN (OLD.article_id, NEW.article_id) AND maker <> '';
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_the_signatures AFTER INSERT OR UPDATE OR DELETE ON articles_byline
    FOR EACH ROW EXECUTE FUNCTION frontpage_empty_feed_item_signed();

CREATE FUNCTION frontpage_empty_feed_item_tagged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = ''
    WHERE article_id IN (OLD.content_object_id, NEW.content_object_id) AND maker <> '';
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_the_tags AFTER INSERT OR UPDATE OR DELETE ON articles_articletag
    FOR EACH ROW EXECUTE FUNCTION frontpage_empty_feed_item_tagged();

CREATE FUNCTION frontpage_empty_feed_items_of_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = '' WHERE maker <> ''
        AND article_id IN (SELECT article_id FROM articles_byline WHERE author_id = NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_an_authors_name AFTER UPDATE ON articles_author FOR EACH ROW
    WHEN ((OLD.name, OLD.civility) IS DISTINCT FROM (NEW.name, NEW.civility))
    EXECUTE FUNCTION frontpage_empty_feed_items_of_author();

CREATE FUNCTION frontpage_empty_feed_items_of_tag() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = '' WHERE maker <> ''
        AND article_id IN (SELECT content_object_id FROM articles_articletag WHERE tag_id = NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_a_tags_name AFTER UPDATE ON taxonomy_tag FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION frontpage_empty_feed_items_of_tag();

CREATE FUNCTION frontpage_empty_feed_items_of_specialty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = '' WHERE maker <> ''
        AND article_id IN (SELECT id FROM articles_article WHERE primary_specialty_id = NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_a_specialtys_name AFTER UPDATE ON taxonomy_specialty FOR EACH ROW
    WHEN (OLD.name IS DISTINCT FROM NEW.name) EXECUTE FUNCTION frontpage_empty_feed_items_of_specialty();

CREATE FUNCTION frontpage_empty_feed_items_of_image() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE frontpage_feeditem SET maker = '' WHERE maker <> ''
        AND article_id IN (SELECT id FROM articles_article WHERE image_id = NEW.id);
    RETURN NULL;
END
$$;
CREATE TRIGGER feed_items_follow_an_image AFTER UPDATE ON articles_image FOR EACH ROW
    WHEN ((OLD.file, OLD.alt, OLD.is_decorative, OLD.credit, OLD.sources)
        IS DISTINCT FROM (NEW.file, NEW.alt, NEW.is_decorative, NEW.credit, NEW.sources))
    EXECUTE FUNCTION frontpage_empty_feed_items_of_image();

INSERT INTO frontpage_feeditem (article_id) SELECT id FROM articles_article ON CONFLICT DO NOTHING;
"""
BACKWARDS = """
SET LOCAL lock_timeout = '5s';
DROP TRIGGER feed_items_follow_an_image ON articles_image;
DROP TRIGGER feed_items_follow_a_specialtys_name ON taxonomy_specialty;
DROP TRIGGER feed_items_follow_a_tags_name ON taxonomy_tag;
DROP TRIGGER feed_items_follow_an_authors_name ON articles_author;
DROP TRIGGER feed_items_follow_the_tags ON articles_articletag;
DROP TRIGGER feed_items_follow_the_signatures ON articles_byline;
DROP TRIGGER feed_items_follow_the_article ON articles_article;
DROP TRIGGER an_article_has_feed_items ON articles_article;
DROP FUNCTION frontpage_empty_feed_items_of_image();
DROP FUNCTION frontpage_empty_feed_items_of_specialty();
DROP FUNCTION frontpage_empty_feed_items_of_tag();
DROP FUNCTION frontpage_empty_feed_items_of_author();
DROP FUNCTION frontpage_empty_feed_item_tagged();
DROP FUNCTION frontpage_empty_feed_item_signed();
DROP FUNCTION frontpage_empty_feed_item();
DROP FUNCTION frontpage_keep_feed_items();
"""


class Migration(migrations.Migration):
    """The two tables and the triggers."""

    dependencies = [
        ("articles", "0030_sounds_and_related"),
        ("taxonomy", "0003_redirect_roles"),
        ("frontpage", "0001_home_editions"),
    ]

    operations = [
        migrations.CreateModel(
            name="FeedItem",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="feed_item",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("maker", models.CharField(db_default="", max_length=16)),
                ("digest", models.CharField(db_default="", max_length=16)),
                ("rss", models.TextField(db_default="")),
                ("atom", models.TextField(db_default="")),
                ("json", models.TextField(db_default="")),
                ("podcast", models.TextField(db_default="")),
                ("episode", models.PositiveIntegerField(null=True, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="FeedMemory",
            fields=[
                ("key", models.CharField(max_length=400, primary_key=True, serialize=False)),
                ("digest", models.CharField(max_length=64)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
