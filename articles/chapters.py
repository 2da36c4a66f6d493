"""Chapters of a sound, as an editor types them: one a line, the moment first and then the title ("12:05 Le dépistage").

Knows no model: lines in, seconds and titles out.
"""

import re
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Nobody finds his way among more.
MOST_CHAPTERS = 100
LONGEST_TITLE = 120
MINUTE, HOUR = 60, 3_600

# "5:00", "1:02:30" (which some write "[00:05]"), a dash or not, and the title.
_LINE = re.compile(r"\[?(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\]?\s*(?:[-–—]\s*)?(\S.*)", re.ASCII | re.DOTALL)


class Chapter(NamedTuple):
    """Where a part of a sound begins, in seconds from its start, and what it is called."""

    seconds: int
    title: str


def chapters_in(lines: str) -> list[Chapter]:
    """Return the chapters that the lines name, in their order; lines that name none are passed over."""
    return [chapter for line in lines.splitlines() if (chapter := _chapter(line.strip())) is not None]


def check_chapters(lines: str) -> None:
    """Raise ValidationError with a sentence for each line that is no chapter or does not come after the one before."""
    faults, last = [], -1
    numbered = [(number, line.strip()) for number, line in enumerate(lines.splitlines(), start=1) if line.strip()]
    for number, line in numbered:
        chapter = _chapter(line)
        told = {"number": number, "line": line[:LONGEST_TITLE]}
        if chapter is None:
            faults.append(_("Line %(number)s: write the moment and then the title, “02:30 The title”.") % told)
            continue
        if chapter.seconds <= last:
            faults.append(_("Line %(number)s: a chapter begins after the one before it.") % told)
        if len(chapter.title) > LONGEST_TITLE:
            most = {**told, "most": LONGEST_TITLE}
            faults.append(_("Line %(number)s: shorten the title, %(most)s signs at most.") % most)
        last = chapter.seconds
    if len(numbered) > MOST_CHAPTERS:
        faults.append(_("Keep %(most)s chapters at most.") % {"most": MOST_CHAPTERS})
    if faults:
        raise ValidationError(faults)


def moment(seconds: int) -> str:
    """Return a moment of a sound as players show it: "4:05", "1:02:30"."""
    minutes, rest = divmod(seconds, MINUTE)
    hours, minutes = divmod(minutes, MINUTE)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _chapter(line: str) -> Chapter | None:
    match = _LINE.fullmatch(line)
    if match is None:
        return None
    hours, minutes, seconds, title = match.groups()
    if int(seconds) >= MINUTE or (hours and int(minutes) >= MINUTE):
        return None
    return Chapter(int(hours or 0) * HOUR + int(minutes) * MINUTE + int(seconds), " ".join(title.split()))
