"""Writing down, at night, which words published texts hold, so that a mistyped one can be recognised by day.

Only what everybody may read gives words: of a story reserved for some readers none, of an embargoed one none before
its hour. The words come from columns that are there anyway, so that no text is read.
"""

import re
from typing import Final

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from articles.desk_search import DeskColumn
from articles.models import Article, Author, Word
from articles.models.kinds import Audience
from articles.models.words import LONGEST_WORD, SHORTEST_WORD, letters_of
from newsroom.core.desk_search import Words

# The most frequent ones: beyond stand names of substances that stood in one text, and slips of our own.
MOST_WORDS: Final = 60_000
_WORD: Final = re.compile(rf"[a-z]{{{SHORTEST_WORD},{LONGEST_WORD}}}")


def refresh() -> int:
    """Make the vocabulary anew from what is published now, in one transaction; return how many words it has.

    Readers see the old one until it is there. About a second for 100,000 articles.
    """
    counted = _counted(_sources())
    words = [(word, documents) for word, documents in counted if _WORD.fullmatch(word)][:MOST_WORDS]
    with transaction.atomic():
        Word.objects.all().delete()
        Word.objects.bulk_create(
            [Word(word=word, documents=number, length=len(word), letters=letters_of(word)) for word, number in words],
            batch_size=5_000,
        )
    return len(words)


def _sources() -> str:
    """Return the SQL of every vector of words that readers may know of: public texts, and who signed something."""
    published = Article.objects.published()
    texts = published.filter(audience=Audience.PUBLIC).values_list(DeskColumn())
    signed = published.filter(bylines__author=OuterRef("pk"))
    names = Author.objects.filter(Exists(signed)).order_by().values_list(Words("name"))
    compiled = (rows.query.sql_with_params() for rows in (texts, names))
    composed = connection.ops.compose_sql  # type: ignore[attr-defined] # of Django's backend for PostgreSQL
    return " UNION ALL ".join(composed(sql, params) for sql, params in compiled)


def _counted(sources: str) -> list[tuple[str, int]]:
    """Return each word of the vectors and how many of them have it, the most frequent first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word, ndoc FROM ts_stat(%s) ORDER BY ndoc DESC, word", [sources])
        return [(word, documents) for word, documents in cursor.fetchall()]
