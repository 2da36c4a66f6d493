"""French full text search over articles, on PostgreSQL 15 and later without extensions.

The index holds the union of folded-then-stemmed and stemmed-then-folded words, and a query asks for either: so
``medecin``, ``MEDECINS``, ``oedeme`` and ``l'interne`` hit whatever the accents on both sides. Functions have
``RETURN`` or ``BEGIN ATOMIC`` bodies: with bodies in strings a dump of the generated column does not restore.

The column is no field of the model: Django would read the vector with every article. Adding it rewrites the
table under an exclusive lock: instant on a new site; on a large one the time-out makes the migration fail, and
leaves readers in peace, when the lock is not to be had.
"""

from django.db import migrations

# Only the public part of a story is searched and quoted: the text of what is reserved for professionals is not.
# Texts are cut at a length whose vector certainly stays under PostgreSQL's limit of 1 MB.
FORWARD = r"""
SET LOCAL lock_timeout = '5s';

CREATE FUNCTION fr_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN lower(regexp_replace(
    normalize(
        replace(replace(replace(replace(replace(words, '’', ''''), 'œ', 'oe'), 'Œ', 'OE'), 'æ', 'ae'), 'Æ', 'AE'),
        NFD),
    U&'[\0300-\036F]', '', 'g'));

CREATE FUNCTION fr_vector(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT folded_first || ts_delete(stemmed_first, tsvector_to_array(folded_first))
    FROM (
        SELECT
            to_tsvector('pg_catalog.french'::regconfig, fr_fold(words)) AS folded_first,
            fr_fold(to_tsvector('pg_catalog.french'::regconfig, replace(words, '’', ''''))::text)::tsvector
                AS stemmed_first
    ) AS both_ways;
END;

CREATE FUNCTION fr_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN websearch_to_tsquery('pg_catalog.french'::regconfig, fr_fold(words))
    || fr_fold(websearch_to_tsquery('pg_catalog.french'::regconfig, replace(words, '’', ''''))::text)::tsquery;

CREATE FUNCTION fr_plain(html text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN btrim(regexp_replace(
    replace(replace(replace(replace(replace(
        regexp_replace(html, '<([^>"]|"[^"]*")*>', ' ', 'g'),
        '&nbsp;', ' '), '&lt;', '<'), '&gt;', '>'), '&quot;', '"'), '&amp;', '&'),
    U&'[[:space:]\E000\E001]+', ' ', 'g'));

CREATE FUNCTION article_public_text(standfirst text, body_html text, audience text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN left(standfirst || ' ' || CASE WHEN audience = 'public' THEN fr_plain(left(body_html, 400000)) ELSE '' END, 200000);

CREATE FUNCTION fr_headline(document text, words text, options text) RETURNS text LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT ts_headline('pg_catalog.french'::regconfig, document, wanted.query, options)
    FROM (
        SELECT coalesce(
            string_agg('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''', ' | ')::tsquery,
            ''::tsquery
        ) AS query
        FROM unnest(to_tsvector('pg_catalog.french'::regconfig, document))
        WHERE fr_fold(lexeme) = ANY (tsvector_to_array(fr_vector(words)))
            OR ts_lexize('pg_catalog.french_stem'::regdictionary, fr_fold(lexeme)) && tsvector_to_array(fr_vector(words))
    ) AS wanted;
END;

ALTER TABLE articles_article ADD COLUMN search tsvector GENERATED ALWAYS AS (
    setweight(fr_vector(title), 'A')
    || setweight(fr_vector(kicker || ' ' || standfirst), 'B')
    || setweight(fr_vector(article_public_text('', body_html, audience)), 'C')
) STORED;
CREATE INDEX articles_search ON articles_article USING gin (search);
"""

BACKWARD = """
SET LOCAL lock_timeout = '5s';
ALTER TABLE articles_article DROP COLUMN search;
DROP FUNCTION fr_headline(text, text, text);
DROP FUNCTION article_public_text(text, text, text);
DROP FUNCTION fr_plain(text);
DROP FUNCTION fr_query(text);
DROP FUNCTION fr_vector(text);
DROP FUNCTION fr_fold(text);
"""


class Migration(migrations.Migration):
    """Functions, column, index."""

    dependencies = [("articles", "0002_roles")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
