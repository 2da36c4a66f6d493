"""What the newsroom searches by at its desk: text without case, accents or ligatures, and its words.

``desk_fold`` gives what ``newsroom.core.folding.folded`` gives for a word, in every script that French texts hold;
``tests/core/test_desk_search.py`` holds the two together. ``desk_words`` makes a vector of every run of letters and
digits, neither stemmed nor sifted: an editor who types the beginning of a word finds it, and no word is too common.
``desk_query`` asks for all of somebody's words, or for words that begin so. PostgreSQL's own parser is not used: it
would take ``1e5mg`` apart, and beginnings of words with it.

A vector holds less than 1 MB: documents are cut where 4 bytes a sign certainly stay below, words at 100 signs, alike
on both sides. Functions have ``RETURN`` or ``BEGIN ATOMIC`` bodies: with bodies in strings a dump of a generated
column that uses them does not restore.
"""

from django.db import migrations

FORWARD = r"""
CREATE FUNCTION desk_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    lower(regexp_replace(
        normalize(
            replace(replace(replace(replace(lower(words), '’', ''''), 'œ', 'oe'), 'æ', 'ae'), 'ß', 'ss'),
            NFKD),
        U&'[\0300-\034E\0350-\036F]', '', 'g')),
    'ς', 'σ');

CREATE FUNCTION desk_split(words text) RETURNS text[] LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN array_remove(
    string_to_array(left(regexp_replace(desk_fold(words), '[^[:alnum:]]+', ' ', 'g'), 200000), ' '), '');

CREATE FUNCTION desk_words(document text) RETURNS tsvector LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT array_to_tsvector(coalesce(array_agg(left(word, 100)), '{}')) FROM unnest(desk_split(document)) AS word;
END;

CREATE FUNCTION desk_query(words text) RETURNS tsquery LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(string_agg('''' || left(word, 100) || ''':*', ' & '), '')::tsquery
    FROM unnest(desk_split(words)) AS word;
END;
"""

BACKWARD = """
DROP FUNCTION desk_query(text);
DROP FUNCTION desk_words(text);
DROP FUNCTION desk_split(text);
DROP FUNCTION desk_fold(text);
"""


class Migration(migrations.Migration):
    """Four functions; the application has no tables."""

    initial = True

    dependencies = []

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
