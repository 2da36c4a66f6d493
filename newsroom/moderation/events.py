"""Facts of moderation."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class ReportFiled(Fact):
    """A reader reported a comment."""

    report_id: int
    comment_id: int


@dataclass(frozen=True)
class DecisionMade(Fact):
    """A moderator decided on a comment. That its state changed is told by discussions' own facts."""

    decision_id: int
    comment_id: int
