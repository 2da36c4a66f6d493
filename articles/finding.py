"""Finding by words, accents, case and endings ignored: what the desk, the site and those above articles share.

The SQL functions and the column ``search`` of articles are made by the migration ``articles/0003_search``; whoever
has a column of that name is searched in the same way.
"""

import re
from typing import Any, Final, NamedTuple, Self, TypeVar

from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Expression, Func, IntegerField, Model, QuerySet, Value
from django.db.models.lookups import GreaterThan

from articles.models import Article, ArticleQuerySet
from newsroom.core.folding import folded
from newsroom.core.rendering import normalised

_Rows = TypeVar("_Rows", bound=QuerySet[Any])

LONGEST_QUERY: Final = 200
# Of more terms than these the first are asked for: each is a call in the query.
MOST_TERMS: Final = 24
# What PostgreSQL's French list lacks, folded: as terms they would demand words that carry no meaning.
_EMPTY = """
    les ou ils elles cette cet ceux celle celles plus etre avoir tres tout toute tous toutes si comme sans sous chez
    vers entre dont quel quelle quels quelles donc car ni or afin ainsi alors apres aussi autre autres avant bien
    cela ceci comment contre depuis encore fait faire faut ici leurs lors lorsque meme memes moins parce pendant
    peu peut pourquoi puis quand quoi sinon tant toujours trop voici voila
"""
STOP_WORDS: Final = frozenset(_EMPTY.split())
# A pair of quotes with what is between them, or anything up to a space; a hyphen before either excludes it.
_TERM: Final = re.compile(r'-?"[^"]*"|\S+')
_QUOTES: Final = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"'})


class SearchColumn(Expression):
    """The generated column, which is no field of the model: nobody should read vectors with articles."""

    output_field = SearchVectorField()

    def __init__(self, model: type[Model] = Article) -> None:
        """Stand for the column of a model's own table."""
        super().__init__()
        self.model = model

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[()]]:
        """Name the column."""
        del compiler
        quote = connection.ops.quote_name
        return f"{quote(self.model._meta.db_table)}.{quote('search')}", ()  # noqa: SLF001 - Django's public API


class TextQuery(Func):
    """A reader's word or phrase as a query on folded French."""

    function = "fr_query"
    output_field = SearchQueryField()


class AllOf(Func):
    """Queries, each of which must be answered."""

    template = "(%(expressions)s)"
    arg_joiner = " && "
    output_field = SearchQueryField()


class NoneOf(Func):
    """A query that must not be answered."""

    template = "(!!%(expressions)s)"
    output_field = SearchQueryField()


class Matches(Func):
    """That a vector holds what a query asks for."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


class Asked(NamedTuple):
    """What a reader's words ask for: words and quoted phrases to hold, and those not to hold."""

    wanted: tuple[str, ...]
    excluded: tuple[str, ...]

    @classmethod
    def by(cls, words: str) -> Self:
        """Read a query: stop words outside quotes count for nothing, unless there is nothing else."""
        terms = _TERM.findall(meaningful(words))[:MOST_TERMS]
        excluded = [term.lstrip("-") for term in terms if term.startswith("-")]
        return cls(
            tuple(term for term in terms if not term.startswith("-")),
            tuple(term for term in excluded if term.strip('" ')),
        )

    @property
    def text(self) -> str:
        """Return the words to hold as one text, without what they are not to stand with."""
        return " ".join(self.wanted)

    @property
    def query(self) -> AllOf:
        """Return the query. Each term is met in its own way (as folded, as stemmed), and excluded in both."""
        excluded = [NoneOf(TextQuery(Value(term))) for term in self.excluded]
        return AllOf(*(TextQuery(Value(term)) for term in self.wanted), *excluded)


def cleaned(words: str) -> str:
    """Return a query as it is shown and searched: one line, no control signs, cut at ``LONGEST_QUERY`` signs."""
    return " ".join(normalised(words[: 4 * LONGEST_QUERY]).split())[:LONGEST_QUERY].strip()


def meaningful(words: str) -> str:
    """Return the query without stop words outside quotes, or whole when nothing else would be left of it.

    A quotation mark without its other half is dropped.
    """
    words = words.translate(_QUOTES)
    if words.count('"') % 2:
        before, _mark, after = words.rpartition('"')
        words = f"{before} {after}"
    terms = _TERM.findall(words)
    kept = [term for term in terms if '"' in term or folded(term).lstrip("-") not in STOP_WORDS]
    return " ".join(kept or terms)


def answering(rows: _Rows, vector: Expression | Func, asked: Asked) -> _Rows:
    """Return the rows whose ``vector`` holds what is asked for; none where nothing is wanted.

    Nor where all that is wanted are words that PostgreSQL leaves out ("le -vaccin"): all but a few would answer.
    """
    if not asked.wanted:
        return rows.none()
    words = Func(
        AllOf(*(TextQuery(Value(term)) for term in asked.wanted)), function="numnode", output_field=IntegerField()
    )
    return rows.filter(Matches(vector, asked.query), GreaterThan(words, 0))


def holding(articles: ArticleQuerySet, words: str) -> ArticleQuerySet:
    """Return those of ``articles`` whose title, kicker, standfirst or public text hold what ``words`` ask for."""
    return answering(articles, SearchColumn(), Asked.by(words))
