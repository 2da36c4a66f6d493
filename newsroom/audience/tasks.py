"""Celery's part: when counters are written down, ranked and thinned."""

from newsroom.audience import gathering, ranking, thinning
from newsroom.celery import app


@app.task(name="audience.gather", expires=50)
def gather_views() -> None:
    """Write down what was counted since the last time."""
    gathering.gather()


@app.task(name="audience.rank", expires=240)
def rank_articles() -> None:
    """Make the lists of what is read most anew."""
    ranking.rank()


@app.task(name="audience.thin", expires=3600)
def thin_views() -> None:
    """Forget the hours of long ago."""
    thinning.thin()
