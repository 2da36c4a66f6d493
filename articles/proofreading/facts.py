"""What is read of an article, and what is said of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """Whether a remark forbids publishing."""

    BLOCKING = "blocking"
    ADVISORY = "advisory"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to mend. ``sentence`` begins with what to do; ``code`` names the rule and never changes.

    ``field`` is the name of the article's form field that it concerns. ``excerpt`` holds the words it is about, as
    they stand in the text, so that they can be looked for; ``count`` says how many times the rule was met there.
    """

    code: str
    level: Level
    field: str
    sentence: str
    excerpt: str = ""
    count: int = 1

    @property
    def is_blocking(self) -> bool:
        """Say whether the article cannot be published with it."""
        return self.level == Level.BLOCKING


@dataclass(frozen=True, slots=True)
class Illustration:
    """A picture in its use: what it says here, and what the library knows of its rights."""

    alt: str = ""
    is_decorative: bool = False
    credit: str = ""
    lacks_consent: bool = False
    are_rights_over: bool = False
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A reference. Unresolved: its DOI or PMID was looked for and is not known to Crossref or PubMed."""

    text: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    is_retracted: bool = False
    is_unresolved: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """What is checked of an article, whether it is saved or still typed.

    ``body`` is its source HTML, ``key_points`` hold one a line, ``references`` are in the order of their numbers.
    ``pictures`` maps the addresses of the body's pictures to what the library knows of them (their ``alt`` is read
    from the body).
    """

    title: str = ""
    short_title: str = ""
    kicker: str = ""
    standfirst: str = ""
    body: str = ""
    key_points: str = ""
    tags: int = 0
    authors: int = 0
    has_specialty: bool = False
    image: Illustration | None = None
    pictures: Mapping[str, Illustration] = field(default_factory=dict)
    references: tuple[Source, ...] = ()
    is_podcast: bool = False
    has_audio: bool = False
    is_video: bool = False
    is_partner: bool = False
    sponsor: str = ""
    is_clinical: bool = False
    review_by: date | None = None
