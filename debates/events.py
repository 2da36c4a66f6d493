"""What happens in debates. Who voted for what is never told; an argument is public by its nature."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class DebateOpened(Fact):
    """The hour has come from which readers see a debate and take part in it."""

    debate_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"debate:{self.debate_id}", "debates"


@dataclass(frozen=True)
class DebateClosed(Fact):
    """The hour has come from which a debate takes no more votes and arguments; its result stands."""

    debate_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"debate:{self.debate_id}", "debates"


@dataclass(frozen=True)
class ArgumentGiven(Fact):
    """A reader has given an argument; its comment may be published or held."""

    argument_id: int


@dataclass(frozen=True)
class ArgumentFeatured(Fact):
    """The newsroom has put an argument forward."""

    argument_id: int
    by_id: int
