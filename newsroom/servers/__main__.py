"""`python -m newsroom.servers start|stop|status|erase [--test]`: the embedded servers by hand."""

import argparse
import sys
from pathlib import Path

from newsroom.servers.binaries import forget_copy
from newsroom.servers.ensure import ensure_servers, erase_servers, servers, stop_servers
from newsroom.servers.places import TEST_VAR, VAR
from newsroom.servers.troubles import ServerTrouble


def main() -> int:
    """Do what was asked; answer 0 when done, 1 when it failed (`status`: not all run), 2 for bad usage."""
    parser = argparse.ArgumentParser(prog="python -m newsroom.servers", description="Les serveurs embarqués.")
    parser.add_argument("action", choices=["start", "stop", "status", "erase"])
    parser.add_argument("--test", action="store_true", help="ceux des tests, sous var/test")
    options = parser.parse_args()
    var = TEST_VAR if options.test else VAR
    try:
        if options.action == "start":
            ensure_servers(var, testing=options.test)
        elif options.action == "stop":
            stop_servers(servers(var), var)
        elif options.action == "erase":
            erase_servers(var)
            if not options.test:  # all of it, then, with the programs they share
                erase_servers(TEST_VAR)
                forget_copy()
        return show(var) if options.action in {"start", "status"} else 0
    except ServerTrouble as trouble:
        print(trouble, file=sys.stderr)
        return 1


def show(var: Path) -> int:
    """Print one line for each server that the environment does not replace; answer 0 when all run, else 1."""
    running = {name: server.accepting() for name, server in servers(var).items()}
    for name, server in servers(var).items():
        print(f"{name:<14}{'en marche' if running[name] else 'arrêté':<11}{server.place.url()}")
    return 0 if all(running.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
