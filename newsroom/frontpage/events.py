"""Facts about the home page."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class HomeComposed(Fact):
    """What the home page shows was decided anew, or another debate is the one of the day by the clock."""

    number: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return ("home",)
