"""JSON Feed 1.1, with the newsroom's extension ``_newsroom`` (https://www.jsonfeed.org/version/1.1/).

Read as a stream: one item in memory at a time, whatever the size of the file.
"""

from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import ijson
from django.utils.translation import gettext

from articles.importing.bounded import BoundedReader, ItemTooLongError
from articles.importing.checking import checked
from articles.importing.items import (
    Flaw,
    Frame,
    Source,
    SourceArgument,
    SourceDebate,
    SourceItem,
    SourceSelection,
    UnreadableSourceError,
)


def read(path: Path) -> Source:
    """Return the source in a JSON Feed file; its extension stands behind the items and is read in a second pass."""
    return Source(items=_items(path), frame=partial(_frame, path))


def _opened(path: Path) -> BinaryIO:
    """Open the file past the byte order mark that some editors write, and that no JSON parser reads."""
    file = path.open("rb")
    if file.read(len(BOM_UTF8)) != BOM_UTF8:
        file.seek(0)
    return file


def _frame(path: Path) -> Frame:
    with _opened(path) as file:
        extension = next(ijson.items(file, "_newsroom", use_float=True), None)
    if not isinstance(extension, dict):
        return Frame()
    return Frame(
        selections=tuple(_selection(raw) for raw in _dicts(extension.get("selections"))),
        debates=tuple(_debate(raw) for raw in _dicts(extension.get("debates"))),
    )


def _items(path: Path) -> Iterator[SourceItem | Flaw]:
    with _opened(path) as file:
        reader = BoundedReader(file)
        try:
            for number, raw in enumerate(ijson.items(reader, "items.item", use_float=True), start=1):
                reader.begin_item()
                yield checked(_flattened(raw), number=number)
        except (ijson.JSONError, UnicodeDecodeError) as error:
            raise UnreadableSourceError(_malformed(error)) from error
        except ItemTooLongError as error:
            raise UnreadableSourceError(str(error)) from error


def _flattened(raw: Any) -> dict[str, Any]:
    """Return an item's own names and its extension's as one mapping with the names of SourceItem."""
    if not isinstance(raw, dict):
        return {}
    extension = raw.get("_newsroom")
    extension = extension if isinstance(extension, dict) else {}
    authors = [author.get("name") for author in _dicts(raw.get("authors"))]
    return {
        **{key: extension.get(key) for key in ("kicker", "format", "specialties", "references", "selections")},
        "comment_count": extension.get("comment_count"),
        "audience": extension.get("audience"),
        "source_id": raw.get("id"),
        "title": raw.get("title"),
        "summary": raw.get("summary"),
        "html": raw.get("content_html") or raw.get("content_text"),
        "published_at": raw.get("date_published"),
        "authors": authors,
        "tags": raw.get("tags"),
    }


def _selection(raw: dict[str, Any]) -> SourceSelection:
    slug = str(raw.get("slug") or "")[:100]
    return SourceSelection(slug, str(raw.get("title") or slug)[:120], is_partner=raw.get("partner") is True)


def _debate(raw: dict[str, Any]) -> SourceDebate:
    return SourceDebate(
        question=" ".join(str(raw.get("question") or "").split())[:200],
        positions=tuple(str(position)[:120] for position in _list(raw.get("positions"))),
        arguments=tuple(
            SourceArgument(
                author=str(argument.get("author") or "")[:140],
                position=str(argument.get("position") or ""),
                text=str(argument.get("text") or ""),
            )
            for argument in _dicts(raw.get("arguments"))
        ),
        cites=tuple(str(cited) for cited in _list(raw.get("cites"))),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _dicts(value: Any) -> list[dict[str, Any]]:
    return [item for item in _list(value) if isinstance(item, dict)]


def _malformed(error: Exception) -> str:
    return gettext("The file is not sound JSON from here on: %(error)s") % {"error": str(error).splitlines()[0][:120]}


def is_json(file: BinaryIO) -> bool:
    """Say whether the file begins as JSON does; leaves it at the beginning."""
    start = file.read(64).removeprefix(BOM_UTF8).lstrip(b" \t\r\n")
    file.seek(0)
    return start.startswith((b"{", b"["))
