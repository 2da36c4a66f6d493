"""RSS 2.0, Atom and WordPress exports (WXR, which is RSS with a namespace of its own), read as streams.

defusedxml refuses every document that declares entities (a "billion laughs"), and finished elements are thrown
away at once, so memory stays flat.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.utils.translation import gettext

from articles.importing.bounded import BoundedReader, ItemTooLongError
from articles.importing.checking import checked
from articles.importing.items import Flaw, Source, SourceItem, UnreadableSourceError

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
# Older exports have the same names under http and other minor versions.
WORDPRESS_PREFIXES = ("{http://wordpress.org/export/", "{https://wordpress.org/export/")


def read(path: Path) -> Source:
    """Return the source in an RSS, Atom or WordPress file."""
    return Source(items=_items(path))


def _items(path: Path) -> Iterator[SourceItem | Flaw]:
    number = 0
    with path.open("rb") as file:
        reader = BoundedReader(file)
        try:
            parents: list[Element] = []
            for event, element in iterparse(reader, events=("start", "end"), forbid_dtd=False):
                if event == "start":
                    parents.append(element)
                    continue
                parents.pop()
                raw = _raw(element)
                if raw is None:
                    continue
                if raw:
                    number += 1
                    yield checked(raw, number=number)
                reader.begin_item()
                element.clear()
                if parents:
                    parents[-1].remove(element)
        except ParseError as error:
            raise UnreadableSourceError(_malformed(error)) from error
        except DefusedXmlException as error:
            message = gettext("The file declares entities, as attacks do: it is refused.")
            raise UnreadableSourceError(message) from error
        except ItemTooLongError as error:
            raise UnreadableSourceError(str(error)) from error
        except (LookupError, ValueError) as error:
            message = gettext("The file is written in an encoding that cannot be read: %(error)s")
            raise UnreadableSourceError(message % {"error": error}) from error


def _raw(element: Element) -> dict[str, Any] | None:
    """Return a finished story's raw values; empty for a WordPress page or attachment; None for any other element."""
    if element.tag == "item":
        names = {_local(child.tag) for child in element if _is_wordpress(child.tag)}
        return _wordpress(element) if names else _rss(element)
    if element.tag == f"{ATOM}entry":
        return _atom(element)
    return None


def _rss(item: Element) -> dict[str, Any]:
    link = _text(item, "link")
    return {
        "source_id": _text(item, "guid") or link,
        "url": link,
        "title": _text(item, "title"),
        "summary": _text(item, "description") if item.find(CONTENT) is not None else "",
        "html": _text(item, CONTENT) or _text(item, "description"),
        "published_at": _text(item, "pubDate"),
        "authors": [child.text or "" for child in item.findall(CREATOR)],
        "tags": [child.text or "" for child in item.findall("category")],
        "format": "podcast" if _is_audio(item) else "article",
    }


def _atom(entry: Element) -> dict[str, Any]:
    return {
        "source_id": _text(entry, f"{ATOM}id"),
        "url": _alternate(entry),
        "title": _text(entry, f"{ATOM}title"),
        "summary": _text(entry, f"{ATOM}summary"),
        "html": _text(entry, f"{ATOM}content"),
        "published_at": _text(entry, f"{ATOM}published") or _text(entry, f"{ATOM}updated"),
        "authors": [_text(author, f"{ATOM}name") for author in entry.findall(f"{ATOM}author")],
        "tags": [category.get("label") or category.get("term") or "" for category in entry.findall(f"{ATOM}category")],
    }


def _alternate(entry: Element) -> str:
    """Return the address of the page that an Atom entry is about: its link without "rel", or with "alternate"."""
    pages = (link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate")
    return next((link.get("href", "").strip() for link in pages), "")


def _wordpress(item: Element) -> dict[str, Any]:
    """Return a post's raw values; empty for what is no post (pages, attachments, menu entries)."""
    fields = {_local(child.tag): (child.text or "").strip() for child in item if _is_wordpress(child.tag)}
    if fields.get("post_type", "post") != "post":
        return {}
    return _rss(item) | {
        "source_id": _text(item, "guid") or _text(item, "link"),
        "summary": "",
        "published_at": _wordpress_date(item, fields),
        "tags": [name for name in (child.text or "" for child in item.findall("category")) if name != "Uncategorized"],
        "comments": [_comment(child) for child in item if _local(child.tag) == "comment" and _is_approved(child)],
    }


def _wordpress_date(item: Element, fields: dict[str, str]) -> str:
    """Return the date of a published post; a draft or private one has none here."""
    if fields.get("status") != "publish":
        return ""
    universal = fields.get("post_date_gmt", "")
    if universal and not universal.startswith("0000"):
        return f"{universal}+00:00"
    return _text(item, "pubDate") or fields.get("post_date", "")


def _comment(element: Element) -> dict[str, str]:
    fields = {_local(child.tag): (child.text or "").strip() for child in element}
    universal = fields.get("comment_date_gmt", "")
    return {
        "source_id": fields.get("comment_id", ""),
        "author": fields.get("comment_author", ""),
        "text": fields.get("comment_content", ""),
        "at": f"{universal}+00:00" if universal else fields.get("comment_date", ""),
        "parent": "" if fields.get("comment_parent", "0") == "0" else fields["comment_parent"],
    }


def _is_approved(comment: Element) -> bool:
    """Say whether a comment was public and written by a person (no pingback, no spam)."""
    fields = {_local(child.tag): (child.text or "").strip() for child in comment}
    return fields.get("comment_approved") == "1" and fields.get("comment_type", "") in {"", "comment"}


def _is_audio(item: Element) -> bool:
    enclosure = item.find("enclosure")
    return enclosure is not None and enclosure.get("type", "").startswith("audio/")


def _is_wordpress(tag: str) -> bool:
    return tag.startswith(WORDPRESS_PREFIXES)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _text(element: Element, name: str) -> str:
    child = element.find(name)
    return "".join(child.itertext()).strip() if child is not None else ""


def _malformed(error: ParseError) -> str:
    line, column = getattr(error, "position", (0, 0))
    message = gettext("The file is not sound XML from line %(line)d, column %(column)d on: %(error)s")
    return message % {"line": line, "column": column, "error": str(error).partition(":")[0]}
