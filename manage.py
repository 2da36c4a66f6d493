#!/usr/bin/env python
"""The command line of the project."""

import os
import sys


def main() -> None:
    """Run a management command; embedded servers are started first where the settings use them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")
    from django.core.exceptions import ImproperlyConfigured  # noqa: PLC0415 - after the settings are named
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    from newsroom.servers.troubles import ServerTrouble  # noqa: PLC0415

    settings = os.environ["DJANGO_SETTINGS_MODULE"]
    try:
        if settings.endswith((".dev", ".test")):
            from newsroom.servers.ensure import ensure_embedded  # noqa: PLC0415 - needs what production may lack

            ensure_embedded(sys.argv, testing=settings.endswith(".test"))
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, ServerTrouble) as error:
        sys.exit(f"{error}")


if __name__ == "__main__":
    main()
