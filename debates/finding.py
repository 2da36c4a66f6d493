"""Finding debates by French words, accents, case and endings ignored, as articles are found."""

from typing import Final

from django.contrib.postgres.search import SearchVectorField
from django.db.models import F, FloatField, Func

from articles.finding import Asked, SearchColumn, answering
from debates.models import Debate, DebateQuerySet


class _Question(Func):
    """The words of the question, which weigh most; made when asked for: there are some hundreds of debates."""

    template = "setweight(fr_vector(%(expressions)s), 'A')"
    output_field = SearchVectorField()


class _Together(Func):
    """Two vectors as one."""

    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


# The column is made by the migration ``debates/0006_search``.
WORDS: Final = _Together(_Question(F("poll__question")), SearchColumn(Debate))


def holding(debates: DebateQuerySet, asked: Asked) -> DebateQuerySet:
    """Return those of ``debates`` whose question, introduction or summary hold what is asked for."""
    return answering(debates, WORDS, asked)


def best_first(debates: DebateQuerySet, asked: Asked) -> DebateQuerySet:
    """Order by how well they answer, then the latest."""
    rank = Func(WORDS, asked.query, function="ts_rank", output_field=FloatField())
    return debates.order_by(rank.desc(), "-poll__opens_at", "-id")
