"""Finding articles by words, accents and case ignored: the column and the functions that the desk and the site share.

The SQL function ``fr_query`` and the column ``search`` are made by the migration ``articles/0003_search``.
"""

import re
from typing import Any, Final

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Expression, Func, Value

from articles.models import Article, ArticleQuerySet
from newsroom.core.folding import folded
from newsroom.core.rendering import normalised

LONGEST_QUERY: Final = 200
# What PostgreSQL's French list lacks, folded: as terms they would demand words that carry no meaning.
_EMPTY = """
    les ou ils elles cette cet ceux celle celles plus etre avoir tres tout toute tous toutes si comme sans sous chez
    vers entre dont quel quelle quels quelles donc car ni or afin ainsi alors apres aussi autre autres avant bien
    cela ceci comment contre depuis encore fait faire faut ici leurs lors lorsque meme memes moins parce pendant
    peu peut pourquoi puis quand quoi sinon tant toujours trop voici voila
"""
STOP_WORDS: Final = frozenset(_EMPTY.split())
# A pair of quotes with what is between them, or anything up to a space.
_TERM: Final = re.compile(r'"[^"]*"|\S+')
_QUOTES: Final = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})


class SearchColumn(Expression):
    """The generated column, which is no field of the model: nobody should read vectors with articles."""

    output_field = SearchVectorField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        """Name the column of the articles' own table."""
        del compiler
        quote = connection.ops.quote_name
        return f"{quote(Article._meta.db_table)}.{quote('search')}", ()  # noqa: SLF001 - Django's public API


class TextQuery(Func):
    """A reader's words as a query on folded French."""

    function = "fr_query"
    output_field = SearchQueryField()


class Matches(Func):
    """That a vector holds what a query asks for."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


def cleaned(words: str) -> str:
    """Return a query as it is shown and searched: one line, no control signs, cut at ``LONGEST_QUERY`` signs."""
    return " ".join(normalised(words[: 4 * LONGEST_QUERY]).split())[:LONGEST_QUERY].strip()


def meaningful(words: str) -> str:
    """Return the query without stop words outside quotes, or whole when nothing else would be left of it."""
    terms = _TERM.findall(words.translate(_QUOTES))
    kept = [term for term in terms if term.startswith('"') or folded(term).lstrip("-") not in STOP_WORDS]
    return " ".join(kept or terms)


def holding(articles: ArticleQuerySet, words: str) -> ArticleQuerySet:
    """Return those of ``articles`` whose title, kicker, standfirst or public text hold what ``words`` ask for."""
    return articles.filter(Matches(SearchColumn(), TextQuery(Value(meaningful(words)))))
