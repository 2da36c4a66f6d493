"""``make bench``: measures the house on a database of its own; exit status 1 where a bar is missed."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")


def main(area):
    from newsroom.servers.ensure import ensure_servers
    from newsroom.servers.places import TEST_VAR

    ensure_servers(TEST_VAR, testing=True)
    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = "observance_bench"
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    from tests.bench.areas import AREAS
    from tests.bench.measuring import written

    try:
        chosen = AREAS if not area else {name: measure for name, measure in AREAS.items() if name == area}
        if not chosen:
            print(f"Domaine inconnu : {area}. Domaines : {', '.join(AREAS)}")
            return 2
        return 0 if written([figure for measure in chosen.values() for figure in measure()]) else 1
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
