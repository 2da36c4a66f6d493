"""What happens to polls. Votes are secret: no fact says who voted, nor for what."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class VoteCast(Fact):
    """Somebody voted."""

    poll_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return (f"poll:{self.poll_id}",)


@dataclass(frozen=True)
class VoteChanged(Fact):
    """Somebody changed an answer; the number of voters stays."""

    poll_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return (f"poll:{self.poll_id}",)
