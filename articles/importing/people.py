"""Names as sources write them, turned into the house's authors."""

from articles.models import Author
from newsroom.accounts.professions import Civility
from newsroom.core.folding import slugged

CIVILITIES = {civility.value.casefold(): civility for civility in Civility} | {
    "dr.": Civility.DR,
    "pr.": Civility.PR,
    "docteur": Civility.DR,
    "docteure": Civility.DRE,
    "professeur": Civility.PR,
    "professeure": Civility.PRE,
}


def author_named(signature: str) -> Author:
    """Return the author of that signature ("Dre Marielle Ammouche"), made if the house has none of that name.

    Side effect: a new row in authors. Two signatures whose folded names are equal are one author.
    """
    first, _space, rest = signature.partition(" ")
    civility = CIVILITIES.get(first.casefold()) if rest else None
    name = rest.strip() if civility else signature
    slug = slugged(name, longest=100) or "redaction"
    author, _made = Author.objects.get_or_create(
        slug=slug,
        defaults={"name": name[:140], "civility": civility.value if civility else ""},
    )
    return author
