"""Which kind of file is it? Told by its content, never by its name."""

from pathlib import Path

from django.utils.translation import gettext

from articles.importing import json_feed, xml_feeds
from articles.importing.items import Source, UnreadableSourceError


def open_source(path: Path) -> Source:
    """Return the source in ``path``; raises UnreadableSourceError for a file of no known kind or out of reach."""
    try:
        with path.open("rb") as file:
            if json_feed.is_json(file):
                return json_feed.read(path)
            start = file.read(1024)
    except OSError as error:
        message = gettext("The file cannot be read: %(error)s") % {"error": error.strerror}
        raise UnreadableSourceError(message) from error
    # XML in UTF-16 begins with its mark; everything else with "<".
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") or start[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return xml_feeds.read(path)
    raise UnreadableSourceError(gettext("The file is neither JSON Feed, RSS, Atom nor a WordPress export."))
