"""Folding text to compare it: what a French reader takes for the same word."""

import unicodedata

# Medicine tells substances apart by Greek letters: interferon α is not interferon β, and 10 µg are not 10 g.
GREEK = str.maketrans(
    {
        "α": "alpha",
        "β": "beta",
        "γ": "gamma",
        "δ": "delta",
        "ε": "epsilon",
        "ζ": "zeta",
        "η": "eta",
        "θ": "theta",
        "ι": "iota",
        "κ": "kappa",
        "λ": "lambda",
        "μ": "mu",
        "ν": "nu",
        "ξ": "xi",
        "ο": "omicron",
        "π": "pi",
        "ρ": "rho",
        "σ": "sigma",
        "τ": "tau",
        "υ": "upsilon",
        "φ": "phi",
        "χ": "chi",
        "ψ": "psi",
        "ω": "omega",
    },
)
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

    Greek letters are spelt out: ``TNF-α`` gives ``tnf-alpha``.

    May be empty when ``text`` has no letter or digit; callers decide what that means.
    """
    spelt_out = folded(text).translate(GREEK)
    words = "".join(sign if sign.isalnum() and sign.isascii() else " " for sign in spelt_out).split()
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word[:longest]
        if len(longer) > longest:
            break
        slug = longer
    return slug
