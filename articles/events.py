"""What happens to articles."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class ArticlePublished(Fact):
    """An article was released. Its hour may still be to come: whoever hears it asks ``is_public_at``."""

    article_id: int


@dataclass(frozen=True)
class ArticleUnpublished(Fact):
    """An article was taken back: it is a draft again."""

    article_id: int
