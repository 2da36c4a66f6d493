"""Searching at the newsroom's desk: no accent, case or ligature is needed, and every word that is typed counts.

Two ways, by the size of the table. In a small one each word may stand anywhere, inside another word as well, and the
whole table is read. In one that grows an index of words answers, and each word typed is the beginning of one. The SQL
functions are those of ``newsroom/core/migrations/0001_folding.py``.
"""

import re
from collections.abc import Sequence
from typing import Final, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQueryField, SearchVectorField
from django.db.models import BooleanField, Expression, F, Func, Model, QuerySet, TextField, Value
from django.db.models.functions import Coalesce

from newsroom.core.folding import folded

Row = TypeVar("Row", bound=Model)

# What a person types into a search field; more is cut off.
LONGEST_SEARCH: Final = 200
# The signs that mean something to ``LIKE``.
_LITERAL: Final = re.compile(r"[\\%_]")


class Joined(Func):
    """Several columns as one text, with a space between them."""

    template = "(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = TextField()


class Folded(Func):
    """A text as it is compared."""

    function = "desk_fold"
    output_field = TextField()


class Words(Func):
    """The words of several columns, which must not be null. An index over the same columns in this order serves it."""

    template = "desk_words(%(expressions)s)"
    arg_joiner = " || ' ' || "
    output_field = SearchVectorField()


class Query(Func):
    """What asks a vector for every word typed, or for words that begin so."""

    function = "desk_query"
    output_field = SearchQueryField()


class Answers(Func):
    """That a vector holds what a query asks for."""

    template = "%(expressions)s"
    arg_joiner = " @@ "
    output_field = BooleanField()
    conditional = True


class HoldsAll(Func):
    """That a text is like each of several patterns. The text is made once, however many there are."""

    template = "%(expressions)s)"
    arg_joiner = " LIKE ALL ("
    output_field = BooleanField()
    conditional = True


def holding(rows: QuerySet[Row], fields: Sequence[str], typed: str) -> QuerySet[Row]:
    """Return the rows whose ``fields`` (names of text columns, also of related rows) hold every word typed.

    Nothing typed is everything. Reads the whole table: for tables of some thousands of rows.
    """
    words = [_pattern(word) for word in folded(typed[:LONGEST_SEARCH]).split()]
    if not words:
        return rows
    text = Folded(Joined(*(Coalesce(F(field), Value("")) for field in fields)))
    return rows.filter(HoldsAll(text, Value(words, output_field=ArrayField(TextField()))))


def beginning(rows: QuerySet[Row], vector: Expression | Func, typed: str) -> QuerySet[Row]:
    """Return the rows whose ``vector`` has, for every word typed, a word that begins so. Nothing typed is everything.

    What has neither letter nor digit ("—") asks for no word, and finds nothing.
    """
    if not typed.strip():
        return rows
    return rows.filter(Answers(vector, Query(Value(typed[:LONGEST_SEARCH]))))


def _pattern(word: str) -> str:
    """Return what ``LIKE`` needs to find the word anywhere, its own signs taken literally."""
    return "%" + _LITERAL.sub(r"\\\g<0>", word) + "%"
