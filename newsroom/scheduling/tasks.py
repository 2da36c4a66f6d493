"""Celery's part: the clock of the schedule."""

from newsroom.celery import app
from newsroom.scheduling import carrying


# A performer that hangs is broken off by the soft limit (seconds), which is an error of its own: the sweep goes on.
@app.task(name="scheduling.sweep", expires=5, soft_time_limit=20, time_limit=40)
def sweep_actions() -> None:
    """Carry out what is due."""
    carrying.sweep()


@app.task(name="scheduling.prune", expires=3600)
def prune_actions() -> None:
    """Delete what was carried out long ago."""
    carrying.prune()
