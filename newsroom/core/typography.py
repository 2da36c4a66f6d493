"""French typography of plain text: no-break spaces, quotation marks, apostrophes, dashes.

A display filter, never a stored change. `typo_text` takes plain text and gives plain text; it must run
*before* HTML is built and sanitised, never after (nothing may transform text once it was sanitised), which is
why there is no variant for HTML. The letters and figures of a text are never touched.

Rules: "Lexique des règles typographiques en usage à l'Imprimerie nationale", as chosen in the design guide:
U+202F (narrow) before ``; ! ?``, inside « », before % and units, between thousands, in "9 h 30";
U+00A0 before ``:``, after Dr, Pr, Mme, M., between a day and its month, between a number and what it counts,
on the inner side of dashes.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

NARROW: Final = "\u202f"
NO_BREAK: Final = "\u00a0"

#: Texts up to this many characters (titles, names, labels) are remembered between calls.
REMEMBERED_LENGTH: Final = 300

_SPACE = "[ \u00a0\u202f]"
_CAPITAL = "[A-ZÀ-ÖØ-ÞŒŸ]"
_NOT_QUOTED = r"[^\s<>\"«»“”]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_UNITS = (
    "kg|g|mg|[µμ]g|ng|m?[Ll]|[cd][Ll]|km|m|cm|mm|[µμ]m|nm|h|min|s|ms|°C|°F|mmHg|[mµμ]?mol|UI|kcal|kJ|Hz|kHz|Gy|mSv"
    "|[kMG]o|€|\\$|k€|M€"
)
_COUNTED = (
    "ans?|années?|mois|semaines?|jours?|heures?|minutes?|secondes?|fois|pages?|points?|cas|signes?|pour cent"
    "|euros?|millions?|milliards?|patients?|patientes?|médecins?|personnes?|internes?|lits?|voix|votes?|votants?"
    "|débatteurs?|arguments?|réponses?|commentaires?|messages?|articles?|résultats?|notifications?"
)

#: Addresses keep their own punctuation: URLs, e-mail addresses, DOI. An e-mail address is only looked for where one may
#: begin: looked for at every letter of a long run, 10,000 signs of "a." took seconds.
_PROTECTED = (
    rf"(?P<keep>(?:https?://|www\.){_NOT_QUOTED}+"
    rf"|(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    rf"|(?:doi:\s?)?\b10\.[0-9]{{4,9}}/{_NOT_QUOTED}+)"
)

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _rule(pattern: str, replacement: str) -> Rule:
    """Pair `pattern` with a function that writes `replacement` (a template) and leaves addresses alone."""

    def write(match: re.Match[str]) -> str:
        return match[0] if match["keep"] is not None else match.expand(replacement)

    return re.compile(f"{_PROTECTED}|{pattern}"), write


#: In the order in which they apply.
_RULES: Final[tuple[Rule, ...]] = (
    _rule(r"\.{3,}", "…"),
    _rule(r"(?<=[^\W\d_])'(?=[\w«“])", "’"),
    # Inside quotation marks.
    _rule(rf"«{_SPACE}*(?=\S)", f"«{NARROW}"),
    _rule(rf"(?<=\S){_SPACE}*»", f"{NARROW}»"),
    # High punctuation: any space before it, or none between a word and a mark that ends it.
    _rule(rf"(?<=\S){_SPACE}+(?=[;!?])", NARROW),
    _rule(r"(?<=[\w»”)…])(?=[;!?]+(?:[\s»”)]|$))", NARROW),
    _rule(rf"(?<=\S){_SPACE}+(?=:(?:\s|$))", NO_BREAK),
    _rule(r"(?<=[\w»”)…])(?=:(?:\s|$))", NO_BREAK),
    # Numbers.
    _rule(
        rf"(?<![0-9])(?<![0-9][.,])(?P<head>[0-9]{{1,3}}){_SPACE}(?=[0-9]{{3}}(?![0-9]))",
        rf"\g<head>{NARROW}",
    ),
    _rule(rf"(?<=[0-9]){_SPACE}*(?=[%‰])", NARROW),
    _rule(rf"(?<=[0-9]){_SPACE}+(?=(?:{_UNITS})(?![\w'’]))", NARROW),
    _rule(rf"(?<=[0-9]{NARROW}h){_SPACE}(?=[0-9]{{2}}(?![0-9]))", NARROW),
    _rule(rf"(?<=[0-9]){_SPACE}+(?=(?:{_COUNTED}|{_MONTHS})\b)", NO_BREAK),
    _rule(rf"(?<=\b1er){_SPACE}+(?=(?:{_MONTHS})\b)", NO_BREAK),
    # Civilities: bound to the name; "Dr" and "Pr" end with the last letter of the word, hence no full stop.
    _rule(rf"\b(?P<title>(?:D|P)re?s?|Mmes?|Mlles?)\.?{_SPACE}+(?={_CAPITAL})", rf"\g<title>{NO_BREAK}"),
    _rule(rf"\b(?P<title>MM?\.){_SPACE}+(?={_CAPITAL})", rf"\g<title>{NO_BREAK}"),
)

_STRAIGHT_QUOTES = re.compile(f'{_PROTECTED}|(?P<quote>["«»])')
_DASHES = re.compile(
    rf"{_PROTECTED}|(?P<stop>[.!?…\n](?=\s|$))|(?<=\S){_SPACE}+(?P<dash>[—–])(?:{_SPACE}+|(?=[,;.)]))"
    rf"|(?m:^)(?P<speech>[—–]){_SPACE}+"
)


def _curl_quotes(text: str) -> str:
    """Turn pairs of straight double quotes into « », or “ ” inside « »; an odd number is left as it is."""
    straight = sum(match["quote"] == '"' for match in _STRAIGHT_QUOTES.finditer(text))
    if straight == 0 or straight % 2:
        return text
    guillemets = 0
    closing: list[str] = []

    def turn(match: re.Match[str]) -> str:
        nonlocal guillemets
        quote = match["quote"]
        if quote == "«":
            guillemets += 1
        elif quote == "»":
            guillemets = max(0, guillemets - 1)
        elif quote == '"' and closing:
            return closing.pop()
        elif quote == '"':
            closing.append("”" if guillemets else "»")
            return "“" if guillemets else "«"
        return match[0]

    return _STRAIGHT_QUOTES.sub(turn, text)


def _bind_dashes(text: str) -> str:
    """Put the no-break space on the inner side of the dashes that set a phrase off, sentence by sentence."""
    is_open = False

    def bind(match: re.Match[str]) -> str:
        nonlocal is_open
        if match["keep"] is not None:
            return match[0]
        if match["stop"] is not None:
            is_open = False
            return match[0]
        if match["speech"] is not None:
            return match["speech"] + NO_BREAK
        dash, ends_tight = match["dash"], match[0].endswith(match["dash"])
        if is_open or ends_tight:
            is_open = False
            return NO_BREAK + dash + ("" if ends_tight else " ")
        is_open = True
        return f" {dash}{NO_BREAK}"

    return _DASHES.sub(bind, text)


def _set(text: str) -> str:
    """Apply every rule once; see `typo_text`."""
    text = _curl_quotes(text)
    for pattern, write in _RULES:
        text = pattern.sub(write, text)
    return _bind_dashes(text)


_set_remembered = lru_cache(maxsize=4096)(_set)


def typo_text(text: str) -> str:
    """Set plain `text` in French typography and return plain text.

    Idempotent: `typo_text(typo_text(x)) == typo_text(x)`. URLs, e-mail addresses and DOI are left alone.
    Spaces may be inserted or replaced, straight quotes, apostrophes and "..." replaced, the full stop of
    "Dr." removed; nothing else changes. The result is no safer in HTML than what went in: escape it after.
    """
    return _set_remembered(text) if len(text) <= REMEMBERED_LENGTH else _set(text)
