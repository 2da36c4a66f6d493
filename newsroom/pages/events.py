"""Facts about the pages of text about the house."""

from dataclasses import dataclass

from newsroom.events.facts import Fact


@dataclass(frozen=True)
class PageChanged(Fact):
    """A page about the house says something else."""

    page_id: int

    def touches(self) -> tuple[str, ...]:
        """Return the names of what it changes on public pages."""
        return f"page:{self.page_id}", "pages"
