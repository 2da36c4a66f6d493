"""Asking a worker to act now. Only an alarm clock: what has to be done stands in a row, and a sweep comes by."""

import structlog
from django.conf import settings
from kombu.exceptions import OperationalError

from newsroom.celery import app

log = structlog.get_logger(__name__)


def ring(task: str, *args: object, task_id: str | None = None) -> None:
    """Ask a worker to run the task of that name now. A broker that is away is no error.

    By name, because tasks import the verbs whose work they do. ``settings.EVENT_ALARM`` switches the alarm off.
    """
    if not settings.EVENT_ALARM:
        return
    try:
        app.send_task(task, args=args, task_id=task_id, retry=False)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", task=task, args=args, error=str(error))
