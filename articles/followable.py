"""What readers may follow, by the words in addresses: specialties, tags, authors, dossiers."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from articles.models import Article, Author, Dossier
from newsroom.taxonomy.models import Specialty, Tag

Thing = Specialty | Tag | Author | Dossier


@dataclass(frozen=True)
class Followed:
    """A thing that can be followed, and the word for its kind in addresses."""

    kind: str
    thing: Thing

    @property
    def place(self) -> str:
        """Return how a page names it to the personal fragment: "themes/vaccins"."""
        return f"{self.kind}/{self.thing.slug}"

    @property
    def url(self) -> str:
        """Return the address of the page where one follows it, or no longer."""
        return reverse("articles:follow", args=[self.kind, self.thing.slug])


def followable(kind: str, slug: str) -> Followed | None:
    """Return what readers know of under that address, None where there is nothing; at most two queries."""
    thing = THINGS[kind](slug) if kind in THINGS else None
    return None if thing is None else Followed(kind, thing)


def known(kind: str, slug: str) -> Followed | None:
    """Return what has that address whether readers know of it or not: one may always stop following."""
    rows = ROWS.get(kind)
    thing = None if rows is None else rows.filter(slug=slug).first()
    return None if thing is None else Followed(kind, thing)


def _tag(slug: str) -> Tag | None:
    """Return a main tag that something published carries; a synonym stands for its main tag."""
    tag = Tag.objects.select_related("synonym_of").filter(slug=slug).first()
    return tag.main if tag is not None and Article.objects.published().tagged(tag.main).exists() else None


def _author(slug: str) -> Author | None:
    author = Author.objects.filter(slug=slug).first()
    return author if author is not None and Article.objects.published().signed_by(author).exists() else None


THINGS: dict[str, Callable[[str], Thing | None]] = {
    "specialites": lambda slug: Specialty.objects.filter(slug=slug).first(),
    "themes": _tag,
    "auteurs": _author,
    "dossiers": lambda slug: Dossier.objects.published().filter(slug=slug).first(),
}
ROWS: dict[str, QuerySet[Specialty] | QuerySet[Tag] | QuerySet[Author] | QuerySet[Dossier]] = {
    "specialites": Specialty.objects.all(),
    "themes": Tag.objects.all(),
    "auteurs": Author.objects.all(),
    "dossiers": Dossier.objects.all(),
}
