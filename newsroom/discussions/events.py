"""What happens to comments, as facts for the storeys above."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class CommentPosted(Fact):
    """A reader has sent a message; it may be published or held."""

    comment_id: int


@dataclass(frozen=True)
class CommentPublished(Fact):
    """A message is now read by everybody: at once, or because a moderator released it (again)."""

    comment_id: int


@dataclass(frozen=True)
class CommentReleased(Fact):
    """A moderator has published a held, rejected or removed message."""

    comment_id: int
    by_id: int
    decided_at: str
    """The moment in ISO 8601: a message may be decided on more than once."""


@dataclass(frozen=True)
class CommentRejected(Fact):
    """A moderator has refused a held message or removed a published one, for a public reason."""

    comment_id: int
    by_id: int
    reason: str
    decided_at: str
    """As in CommentReleased."""


@dataclass(frozen=True)
class CommentWithdrawn(Fact):
    """The author has taken his message back."""

    comment_id: int
