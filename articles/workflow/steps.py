"""What a move is made of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from articles.models import Article
from articles.models.kinds import Status
from newsroom.accounts.models import User


class Act(StrEnum):
    """What somebody does with an article. Buttons, bulk actions and commands call it by this name."""

    SUBMIT = "submit"
    ASK_CHANGES = "ask_changes"
    APPROVE = "approve"
    PUBLISH = "publish"
    UNSCHEDULE = "unschedule"
    PUBLISH_CHANGES = "publish_changes"
    DISCARD_CHANGES = "discard_changes"
    UNPUBLISH = "unpublish"
    REOPEN = "reopen"
    TRASH = "trash"
    TAKE_OUT = "take_out"


@dataclass(frozen=True)
class Step:
    """One move being made: the article, whose row is held, who makes it, and what he said with it.

    ``said`` may hold: ``at`` (a moment), ``note`` (a text), ``priority``, ``due_at``, ``assignee``.
    """

    article: Article
    by: User
    said: Mapping[str, Any] = field(default_factory=dict)
    now: datetime = field(default_factory=timezone.now)

    @property
    def note(self) -> str:
        """Return what was said in words."""
        return str(self.said.get("note") or "").strip()


# Sentences that say what stands in the way; none where nothing does.
Check = Callable[[Step], list[str]]
Effect = Callable[[Step], None]


@dataclass(frozen=True)
class Transition:
    """One row of the table: from which states, to which, by whom, if what, and then what.

    ``target`` is a state, or tells it when the effects have been done. Effects run in order while the article is still
    where it was; then its state changes and it is saved; then the consequences follow.
    """

    act: Act
    label: str | Promise
    done: str | Promise
    sources: frozenset[Status]
    target: Status | Callable[[Article], Status]
    permission: str
    checks: tuple[Check, ...] = ()
    effects: tuple[Effect, ...] = ()
    consequences: tuple[Effect, ...] = ()
    # What the person is asked for before it is done: names of ``Step.said``.
    asks: tuple[str, ...] = ()
    # Whether readers lose something by it: shown apart, asked twice.
    is_destructive: bool = False

    def told(self, article: Article) -> str:
        """Return what is said of it once it is done: what is released for later is scheduled, not published."""
        if self.act == Act.PUBLISH and article.status == Status.SCHEDULED:
            return gettext("“%(title)s” is scheduled: readers see it from that second on.") % {"title": article}
        return str(self.done) % {"title": article}

    @property
    def has_a_page(self) -> bool:
        """Say whether the person is asked for a word, or for a second thought, on a page of its own."""
        return "note" in self.asks or self.is_destructive

    @property
    def is_release(self) -> bool:
        """Say whether readers see something new by it: its button stands out."""
        return self.act in {Act.PUBLISH, Act.PUBLISH_CHANGES}

    @property
    def plain_label(self) -> str:
        """Return the label for the button that does it, without the dots that announce a further step."""
        return str(self.label).removesuffix("…")
