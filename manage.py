#!/usr/bin/env python
"""The command line of the project."""

import os
import sys
from pathlib import Path

# These look at the code only: they must work, and start nothing, without a database.
WITHOUT_SERVERS = {"", "help", "version", "collectstatic", "update_catalogue", "startapp", "check"}


def main() -> None:
    """Run a management command; embedded servers are started first where the settings use them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the settings are named
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from newsroom.servers.troubles import ServerTrouble  # noqa: PLC0415

    command = sys.argv[1] if len(sys.argv) > 1 else ""
    embedded = os.environ["DJANGO_SETTINGS_MODULE"].endswith((".dev", ".test"))
    try:
        if embedded and command not in WITHOUT_SERVERS and not command.startswith("-"):
            from newsroom.servers.ensure import ensure_servers  # noqa: PLC0415 - only where servers are needed

            testing = os.environ["DJANGO_SETTINGS_MODULE"].endswith(".test")
            var = Path(__file__).resolve().parent / "var"
            ensure_servers(var / "test" if testing else var, testing=testing)
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, ServerTrouble) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
