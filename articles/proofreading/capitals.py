"""Capitals that lack their accent: "Etat", "Ecole", "A propos", "Ca va".

Words are listed, not guessed: names of people and of drugs (Elisabeth, Eliquis) and what is English keep their E.
"""

import re
from collections.abc import Iterator

# What follows a capital E that should be É. Endings are written out where another word begins alike.
_TAILS = (
    *("tats?", "tudes?", "tudi\\w+", "tabli\\w*", "tapes?", "tant", "tai(?:t|ent)", "tre", "tes", "té", "tés"),
    *("thiques?", "tiologi\\w+", "trang\\w+", "troit\\w*", "tendu\\w*", "tonn\\w+"),
    *("coles?", "colog\\w+", "cout\\w+", "cri(?:re|ts?|tures?|vains?)", "crans?", "carts?", "checs?", "chang\\w+"),
    *(
        "chell?es?",
        "chelons?",
        "chograph\\w+",
        "chocardi\\w+",
        "clair\\w+",
        "clats?",
        "conom(?:ies?|iques?|is(?:er|e|é\\w*))",
    ),
    *("diteurs?", "ditions?", "ditorial", "ducati(?:on|ons|f|ve)", "gal(?:e|es|ement|ité|aux)?", "lections?"),
    *("lectr(?:ique|o\\w*)s?", "l[eè]ves?", "lev(?:er|é|ée|és|ées|age)", "l[eé]ments?", "limin\\w+", "largi\\w+"),
    *("mergen(?:ce|ces|t)", "missions?", "motions?", "motionnel\\w*", "nergi(?:e|es)", "nerg[eé]tiques?"),
    *(
        "normes?",
        "norm[eé]ment",
        "num[eé]r\\w+",
        "paiss\\w+",
        "paules?",
        "pid[eé]mi(?:e|es|que|ques|olog(?:ie|ique|iste)s?)",
    ),
    *("pileps\\w+", "pileptiques?", "puis\\w+", "poques?", "preuves?", "poux", "pouses?", "quip\\w+", "quilib\\w+"),
    *("quival\\w+", "ruptions?", "ryth[eè]mes?", "rosions?", "valu\\w+", "vit(?:er|e|ez|é|ée|able)", "volu\\w+"),
    *("v[eèé]n[eè]ments?", "vid(?:emment|ent|ente|ents)", "voqu\\w+", "veil\\w*", "vacu(?:er|ation)"),
)
_LISTED = re.compile(rf"E(?<!\wE)(?i:{'|'.join(_TAILS)})\b(?!-based)")
# The preposition at the beginning of a sentence; a verb has a hyphen or a participle after it ("A-t-on", "A été").
_PREPOSITION = re.compile(
    r"A(?<![\w'’.-]A)[ \u00a0](?=[a-zà-ÿ0-9«])(?!(?:et|ou|est|était|été|eu|a|positifs?|négatifs?)\b)"
)
_BEGINNINGS = frozenset('.!?…:«—–"')
_OTHERS = re.compile(
    r"Ca(?<!\wCa)(?= (?:va|ne|y|fait|reste|dépend|suffit|commence|marche|peut|devient)\b| [nms]['’])"
    r"|Iles?(?<!\wIle)(?<!\wIles)(?=[ -]d(?:e|u|es)?\b)"
    r"|Ages?(?<!\wAge)(?<!\wAges)(?= (?:moyen|médian|gestationnel|au diagnostic|limite))"
    r"|Oter(?<!\wOter)\b"
)


def unaccented(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands whose capital lacks its accent."""
    for match in _LISTED.finditer(text):
        yield match.span()
    for match in _PREPOSITION.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        if not before.strip() or before.endswith("\n") or before.rstrip()[-1:] in _BEGINNINGS:
            yield match.start(), match.start() + 1
    for match in _OTHERS.finditer(text):
        yield match.span()
