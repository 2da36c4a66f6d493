"""Celery's part: the alarm clock of the mail."""

from newsroom.celery import app
from newsroom.notifications import mailing


@app.task(name="notifications.send_mail")
def send_mail(delivery_id: int) -> None:
    """Send one e-mail, right after the transaction that wrote it down."""
    mailing.send(delivery_id)


@app.task(name="notifications.sweep_mail", expires=30)
def sweep_mail() -> None:
    """Send what was left behind by a dead broker, a killed worker or a server that said "later"."""
    mailing.sweep()
