"""Folding text to compare it: what a French reader takes for the same word."""

import unicodedata

LIGATURES = str.maketrans({"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "’": "'"})


def folded(text: str) -> str:
    """Return ``text`` without case, accents or ligatures, spaces collapsed: ``Œdème  aigu`` gives ``oedeme aigu``.

    Only for comparing and sorting, never stored in place of the text.
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(LIGATURES))
    bare = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    return " ".join(bare.casefold().split())


def slugged(text: str, *, longest: int = 80) -> str:
    """Return an address made of ``text``'s folded words joined by hyphens, cut at a word before ``longest`` signs.

    May be empty when ``text`` has no letter or digit; callers decide what that means.
    """
    words = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in folded(text)).split()
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:longest]
        if len(longer) > longest:
            break
        slug = longer
    return slug
