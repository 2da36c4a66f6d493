"""What a register says of a work, as plain values."""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorkKind(models.TextChoices):
    """What kind of work: as many kinds as citations and exports tell apart."""

    ARTICLE = "article", pgettext_lazy("work", "Journal article")
    BOOK = "book", pgettext_lazy("work", "Book")
    CHAPTER = "chapter", pgettext_lazy("work", "Chapter of a book")
    REPORT = "report", pgettext_lazy("work", "Report")
    PREPRINT = "preprint", pgettext_lazy("work", "Preprint")
    THESIS = "thesis", pgettext_lazy("work", "Thesis")
    OTHER = "other", pgettext_lazy("work", "Other")


class NoticeKind(models.TextChoices):
    """What a journal has made known about a work since it published it; the gravest last."""

    CORRECTION = "correction", _("Corrected")
    CONCERN = "concern", _("Warning by the journal")
    RETRACTION = "retraction", _("Retracted")


# From the least to the gravest: of several notices the gravest counts.
GRAVITY = {"": 0, NoticeKind.CORRECTION: 1, NoticeKind.CONCERN: 2, NoticeKind.RETRACTION: 3}


@dataclass(frozen=True)
class Person:
    """An author: a family name and given names or their initials, or a group by its whole name in ``literal``."""

    family: str = ""
    given: str = ""
    literal: str = ""


@dataclass(frozen=True)
class Notice:
    """What the journal made known. PubMed names neither day nor DOI of a notice; Crossref mostly does."""

    kind: NoticeKind
    on: date | None = None
    doi: str = ""


@dataclass(frozen=True)
class Work:
    """A work. Texts are plain, without markup; empty where the register has nothing.

    ``year`` is the year of publication. ``container_title`` is the journal or the book, ``container_short`` its
    abbreviation as the register gives it. ``pages`` is the register's own: "1183-90", "e2034577".
    """

    doi: str = ""
    pmid: str = ""
    kind: WorkKind = WorkKind.OTHER
    title: str = ""
    authors: tuple[Person, ...] = field(default=())
    container_title: str = ""
    container_short: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    notice: Notice | None = None

    @property
    def gravity(self) -> int:
        """Return how grave its notice is: 0 without one."""
        return GRAVITY[self.notice.kind] if self.notice else 0
