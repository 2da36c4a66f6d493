"""What happens to articles."""

from dataclasses import dataclass

from newsroom.events.facts import Fact

# The name of all lists of articles at once: pages that show some are made from what is published, by whatever rule.
ARTICLES = "articles"


@dataclass(frozen=True)
class ArticlePublished(Fact):
    """Readers now know of an article: it was released, its hour has come and its embargo is over."""

    article_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"article:{self.article_id}", ARTICLES


@dataclass(frozen=True)
class ArticleUnpublished(Fact):
    """Readers no longer know of an article."""

    article_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"article:{self.article_id}", ARTICLES


@dataclass(frozen=True)
class ArticleChanged(Fact):
    """What readers see of a released article has changed: its text, its address, its calendar."""

    article_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"article:{self.article_id}", ARTICLES


@dataclass(frozen=True)
class ArticleCorrected(Fact):
    """Readers were told what was wrong in an article."""

    article_id: int
    correction_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"article:{self.article_id}", ARTICLES


@dataclass(frozen=True)
class ReviewAsked(Fact):
    """Somebody asked for a second pair of eyes."""

    request_id: int


@dataclass(frozen=True)
class ReviewSettled(Fact):
    """A request for review was answered."""

    request_id: int


@dataclass(frozen=True)
class SelectionChanged(Fact):
    """What a selection shows to readers has changed: an edition has started, ended or been mended."""

    selection_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"selection:{self.selection_id}", ARTICLES


@dataclass(frozen=True)
class SourceRetracted(Fact):
    """A journal has taken back a work that articles cite."""

    source_id: int


@dataclass(frozen=True)
class SourceDoubted(Fact):
    """A journal warns of a work that articles cite."""

    source_id: int


@dataclass(frozen=True)
class ImageRightsEnding(Fact):
    """The right to show an image that released articles use ends soon, or is over. Recorded once for each."""

    image_id: int
    is_over: bool


@dataclass(frozen=True)
class EditorsMentioned(Fact):
    """A remark on an article names people of the house."""

    remark_id: int
