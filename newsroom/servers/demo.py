"""`make demo`: the demo newsroom in the foreground, `python -m newsroom.servers.demo`."""

import sys

from newsroom.servers.logins import LOGINS
from newsroom.servers.site import Site, run
from newsroom.servers.steps import Step, say


def greet() -> None:
    """Print who can sign in."""
    say("")
    width = max(len(login.email) for login in LOGINS)
    for login in LOGINS:
        say(f"  {login.email:<{width}}  {login.password}  {login.who}")
    say("")
    say("Ctrl-C arrête tout.")


SETTLED = """
from django.core.management import call_command
call_command("migrate", check_unapplied=True)
call_command("demo_data")
"""
"""Passes over a database that is up to date and holds the demo; loads it where only that is missing."""

DEMO = Site(
    command="demo",
    settings="newsroom.settings.dev",
    steps=(
        Step(["migrate", "--noinput"], "Mise à jour de la base…"),
        Step(["demo_data"], "Rédaction de démonstration…"),
    ),
    settled=["shell", "--no-imports", "-c", SETTLED],
    greeting=greet,
)

if __name__ == "__main__":
    sys.exit(run(DEMO))
