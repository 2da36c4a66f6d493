"""The marks that people leave in a text for what is missing: "TK" ("to come"), "XXX", "[à vérifier]".

TK is also how medicine shortens "tyrosine kinase" and "thymidine kinase". An article that names a kinase may well mean
that: there, TK is only certain to be a mark where it stands as marks do and as abbreviations do not.
"""

import re

from articles.proofreading.facts import Story
from articles.proofreading.manuscript import Manuscript

_TK = re.compile(r"TK(?<!\wTK)(?:TK)*\b")
# Not the karyotype 47,XXX.
_XXX = re.compile(r"XXX(?<![\w,]XXX)X*\b")
_NOTE = re.compile(r"\[\s{0,2}[àaÀA]\s(?:v[ée]rifier|compl[ée]ter|confirmer|pr[ée]ciser|sourcer|relire)[^\]\n]{0,80}\]")
_KINASE = re.compile(r"kinase", re.IGNORECASE)
# Before a mark: nothing on its line but a dash or a bullet, an opening bracket.
_LINE_BEGINS = re.compile(r"[\s–—•*-]*")
_SQUARE_OPENS = re.compile(r"\[\s*\Z")
_ROUND_OPENS = re.compile(r"\(\s*\Z")
# After it: the end of the line or sentence, a colon and what is to come, the unit of a missing figure.
_LINE_ENDS = re.compile(r"\s*(?:[:.…!?;]|\Z)")
_COLON = re.compile(r"\s*:")
_UNIT = re.compile(r"\s?(?:[%‰€]|millions?\b|milliards?\b)")
#: Signs of a mark's line that are looked at, on either side.
_NEAR = 60


def marked_texts(story: Story, body: Manuscript) -> dict[str, str]:
    """Return the texts in which marks are looked for, by the form's field."""
    return {
        "kicker": story.kicker,
        "title": story.title,
        "short_title": story.short_title,
        "standfirst": story.standfirst,
        "key_points": story.key_points,
        "body": "\n".join([body.text, *(picture.alt or "" for picture in body.pictures)]),
        "references": "\n".join(source.text for source in story.references),
    }


def may_mean_kinases(texts: dict[str, str]) -> bool:
    """Say whether TK stands in these texts and may be short for a kinase that they name."""
    return any("TK" in text for text in texts.values()) and any(_KINASE.search(text) for text in texts.values())


def certain_marks(text: str, *, of_kinases: bool) -> list[str]:
    """Return the marks that are nothing else, as they are written."""
    tk = [match[0] for match in _TK.finditer(text) if not of_kinases or _is_certain(match)]
    return [*tk, *_XXX.findall(text), *_NOTE.findall(text)]


def doubtful_marks(text: str) -> list[str]:
    """Return the places where TK may be a mark or a kinase, each with the words around it."""
    return [_words_around(match) for match in _TK.finditer(text) if not _is_certain(match)]


def _is_certain(mark: re.Match[str]) -> bool:
    """Say whether a TK is a mark whatever the article is about."""
    before, after = _line_around(mark)
    return bool(
        len(mark[0]) > len("TK")
        or _SQUARE_OPENS.search(before)
        or (_LINE_BEGINS.fullmatch(before) and _LINE_ENDS.match(after))
        or (_ROUND_OPENS.search(before) and _COLON.match(after))
        or _UNIT.match(after)
    )


def _line_around(mark: re.Match[str]) -> tuple[str, str]:
    """Return what stands on the mark's line before and after it, as far as it says something of it."""
    before = mark.string[max(0, mark.start() - _NEAR) : mark.start()]
    return before.rpartition("\n")[2], mark.string[mark.end() : mark.end() + _NEAR].partition("\n")[0]


def _words_around(mark: re.Match[str]) -> str:
    """Return the mark as it stands in the text, with two words before it and one after."""
    before, after = (re.split(r"(\s+)", side) for side in _line_around(mark))
    return "".join([*before[-4:], mark[0], *after[:3]]).strip()
