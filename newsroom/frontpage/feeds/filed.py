"""What articles are filed under, found by the slug in a feed's address."""

from typing import Any, Final, Generic, TypeVar

from django.db.models import Model
from django.http import Http404

from articles.models import Author, Selection
from newsroom.core.written import WORDS, Written
from newsroom.taxonomy.models import Specialty, Tag

Filed = TypeVar("Filed", bound=Model)


class Shelf(Generic[Filed]):
    """One kind of thing that articles are filed under, read with the fields that its feed says."""

    def __init__(self, kind: type[Filed], *fields: str) -> None:
        """Take the kind and the fields, which hold all that ``str()`` and its address need."""
        self.kind, self.fields = kind, fields
        manager: Any = kind._default_manager  # noqa: SLF001 - Django's public API
        self.query = Written(lambda: manager.filter(slug=WORDS).order_by().values_list(*fields))

    def found(self, slug: str) -> Filed:
        """Return the one with that slug; 404 without one. One query."""
        rows = self.query.rows(words=slug)
        if not rows:
            raise Http404
        return self.kind(**dict(zip(self.fields, rows[0], strict=True)))


SPECIALTIES: Final = Shelf(Specialty, "id", "slug", "name", "description")
TAGS: Final = Shelf(Tag, "id", "slug", "name", "description", "synonym_of_id")
AUTHORS: Final = Shelf(Author, "id", "slug", "civility", "name", "biography")
SELECTIONS: Final = Shelf(Selection, "id", "slug", "title", "description")
