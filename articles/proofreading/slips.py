"""Slips of the keyboard: what French typography writes otherwise.

What the display filter mends by itself (no-break spaces) is not spoken of. Sources: "Lexique des règles
typographiques en usage à l'Imprimerie nationale"; Académie française, « Accentuation des majuscules ».
"""

import re
from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.proofreading.capitals import unaccented
from articles.proofreading.facts import Level, Remark, Story
from articles.proofreading.manuscript import Manuscript

#: Where a rule was met.
Spans = Iterator[tuple[int, int]]
#: Signs of context around what was found.
_AROUND = 24
_LAST_WORD = re.compile(r"\S* *\Z")
_FIRST_WORD = re.compile(r" *\S*")
# Addresses keep their own punctuation.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"«»]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+|\b10\.\d{4,9}/[^\s<>\"«»]+"
)
_MARKS_OF_ADDRESSES = ("://", "www.", "@", "10.")


def _by(pattern: str, *hints: str, first: str = "") -> Callable[[str], Spans]:
    """Return the finder of a pattern; a text without any of the ``hints``, or without ``first``, is not searched."""
    compiled, before = re.compile(pattern), re.compile(first)

    def found(text: str) -> Spans:
        if (not hints or any(hint in text for hint in hints)) and before.search(text):
            for match in compiled.finditer(text):
                yield match.span()

    return found


#: Code, what finds it, and the sentence, in which ``%(words)s`` are the words found first.
_RULES: tuple[tuple[str, Callable[[str], Spans], str | Promise], ...] = (
    ("unaccented_capital", unaccented, _("Put the accent on the capital: “%(words)s”.")),
    (
        "straight_quotes",
        _by(r'"[^"\n]{0,80}"?', '"'),
        _("Write « » in place of straight quotation marks: %(words)s."),
    ),
    ("double_space", _by(r"(?<=\S) {2,}(?=\S)", "  "), _("Take the double space out: “%(words)s”.")),
    ("three_dots", _by(r"\.{3,}", "..."), _("Write the sign … in place of full stops: “%(words)s”.")),
    (
        "space_before_sign",
        _by(r"(?<=\w) +,|(?<=\w) +\.(?=\s|$)", " ,", " ."),
        _("Take the space out before the comma or full stop: “%(words)s”."),
    ),
    (
        "no_space_after_stop",
        _by(r"[.?!](?<=[a-zà-ÿ]{2}[.?!])(?=[A-ZÀ-Þ][a-zà-ÿ])"),
        _("Put a space after the full stop: “%(words)s”."),
    ),
    (
        "title_with_stop",
        _by(r"\b(?:Drs?|Dres?|Prs?|Pres?|Mmes?|Mlles?)\.(?=\s*[A-ZÀ-Þ])", "Dr", "Pr", "Mme", "Mlle"),
        _("Write the title without a full stop: “%(words)s”."),
    ),
    (
        "hour",
        # Looked for by its letter first: that is quicker than to look for ten digits before it.
        _by(r"\b(?:[01]?\d|2[0-4])h(?:[0-5]\d)?\b", first=r"h(?<=\dh)"),
        _("Write the hour with spaces, as in 10 h 30: “%(words)s”."),
    ),
    (
        "ordinal",
        _by(r"\b\d{1,4}(?:i?[èe]res?|i?[èe]mes?|ier)\b", "ère", "ere", "ème", "eme", "ier"),
        _("Write the ordinal in short (1er, 1re, 2e): “%(words)s”."),
    ),
    ("mister", _by(r"\bMr\b\.?(?=\s*[A-ZÀ-Þ])", "Mr"), _("Write “M.” in place of “Mr”: “%(words)s”.")),
    (
        "ligature",
        _by(
            r"\b[Oo]e(?=d[eè]m|sophag|stro|uvr|ufs?\b|il\b)|(?<=\b[CcSsFfVvNnBbMm])oe(?=ur|t|u\b|ux|ud|uf)", "oe", "Oe"
        ),
        _("Write œ in one sign: “%(words)s”."),
    ),
)


def slips(story: Story, body: Manuscript) -> Iterator[Remark]:
    """Yield the slips of each field, a remark a rule; addresses and code are not read."""
    fields = {
        "kicker": story.kicker,
        "title": story.title,
        "short_title": story.short_title,
        "standfirst": story.standfirst,
        "key_points": story.key_points,
        "body": body.text,
    }
    for field, text in fields.items():
        read = _without_addresses(text)
        for code, find, sentence in _RULES:
            spans = list(find(read))
            if spans:
                words = _around(text, *spans[0])
                yield Remark(code, Level.ADVISORY, field, str(sentence) % {"words": words}, words, len(spans))


def _without_addresses(text: str) -> str:
    """Return the text with each address as one sign a sign, so that places stay where they are."""
    if not any(mark in text for mark in _MARKS_OF_ADDRESSES):
        return text
    return _ADDRESS.sub(lambda match: "x" * len(match[0]), text)


def _around(text: str, start: int, end: int) -> str:
    """Return what was found with the words that it touches, on its line."""
    before = _LAST_WORD.search(text[max(0, start - _AROUND) : start])
    after = _FIRST_WORD.match(text[end : end + _AROUND])
    return f"{before[0] if before else ''}{text[start:end]}{after[0] if after else ''}".strip()
