"""Celery's part: what accounts leave behind."""

from django.contrib.sessions.backends.db import SessionStore

from newsroom.celery import app


@app.task(name="accounts.forget_sessions", expires=3600)
def forget_sessions() -> None:
    """Delete the sessions that have ended by themselves: nothing else ever would."""
    SessionStore.clear_expired()
