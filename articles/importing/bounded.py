"""A reader that stops a single item from filling the memory."""

from typing import BinaryIO

from django.utils.translation import gettext

from articles.importing.checking import LONGEST_ITEM

# What a parser may have read ahead of the item it is building.
READ_AHEAD = 1024 * 1024


class ItemTooLongError(Exception):
    """An item is longer than any story; the message is a sentence."""


class BoundedReader:
    """Passes a file on and counts the bytes since the last item; raises ItemTooLongError past the limit."""

    def __init__(self, file: BinaryIO) -> None:
        """Wrap an open binary file."""
        self._file = file
        self._since_item = 0

    def begin_item(self) -> None:
        """Begin counting anew: the last item is complete."""
        self._since_item = 0

    def read(self, size: int = -1) -> bytes:
        """Return up to ``size`` bytes; a parser that asks for everything gets a megabyte."""
        chunk = self._file.read(size if 0 <= size <= READ_AHEAD else READ_AHEAD)
        self._since_item += len(chunk)
        if self._since_item > LONGEST_ITEM + READ_AHEAD:
            message = gettext("An item is longer than %(megabytes)d MB: it is not a story.")
            raise ItemTooLongError(message % {"megabytes": LONGEST_ITEM // 1024 // 1024})
        return chunk
