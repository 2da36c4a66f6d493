"""Sorting what was pasted into the columns of a reference: editors paste where they are, each thing has its place."""

from typing import Final, NamedTuple

from articles.citing.identifiers import identified, told_in

# The columns that identify a work.
IDENTIFYING: Final = ("doi", "pmid", "url")


class Columns(NamedTuple):
    """The columns of a reference as they are stored; empty where there is nothing."""

    text: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""


def sorted_columns(typed: Columns) -> Columns:
    """Return the columns with each identifier that was recognised in its own, normalised.

    A column that holds something keeps it: a second DOI stays where it was typed, to be seen and not lost. Identifiers
    at the end of a citation move out of the text when all of them find their columns free. Sorting twice changes
    nothing more.
    """
    columns = {name: value.strip() for name, value in typed._asdict().items()}
    before: dict[str, str] = {}
    # A move makes room for another; each empties a column, so that this ends.
    while columns != before:
        before = dict(columns)
        for column in (*IDENTIFYING, "text"):
            _move(columns, column)
        _take_from_citation(columns)
    return Columns(**columns)


def _take_from_citation(columns: dict[str, str]) -> None:
    """Move identifiers from the end of the text into their columns, all of them or none."""
    rest, told = told_in(columns["text"])
    if all(_has_room(columns, name, getattr(told, name)) for name in ("doi", "pmid")):
        columns["text"] = rest
        columns["doi"], columns["pmid"] = columns["doi"] or told.doi, columns["pmid"] or told.pmid


def _move(columns: dict[str, str], column: str) -> None:
    """Move what the column holds to where it belongs, if it is an identifier and there is room."""
    found = identified(columns[column])
    for name in IDENTIFYING:
        value = getattr(found, name)
        if value and name == column:
            columns[name] = value
        elif value and _has_room(columns, name, value):
            columns[name], columns[column] = columns[name] or value, ""


def _has_room(columns: dict[str, str], name: str, value: str) -> bool:
    """Say whether the column is free, or holds the same already."""
    return not value or not columns[name] or columns[name].casefold() == value.casefold()
