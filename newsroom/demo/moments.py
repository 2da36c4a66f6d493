"""Dates of the demo: all relative to one moment, so that the newsroom is always of today."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Clock:
    """The moment of loading."""

    now: datetime

    def ago(self, hours: float) -> datetime:
        """Return the moment `hours` before loading; a negative number lies ahead."""
        return self.now - timedelta(hours=hours)

    def in_days(self, days: float) -> datetime:
        """Return the moment `days` after loading."""
        return self.now + timedelta(days=days)
