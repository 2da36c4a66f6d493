"""``make bench``: measures the house on servers of its own, durable ones; exit status 1 where a bar is missed."""

import os
import sys

import django

from newsroom.servers.ensure import ensure_servers, servers, stop_servers
from newsroom.servers.places import VAR, postgres_place, redis_place

BENCH_VAR = VAR / "bench"
DATABASE = "observance_bench"


def main(area):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.test")
    ours = {"DATABASE_URL": postgres_place(BENCH_VAR).url(DATABASE), "REDIS_URL": redis_place(BENCH_VAR).url(0)}
    embedded = list(servers(BENCH_VAR))
    ensure_servers(BENCH_VAR)
    os.environ.update({name: ours[name] for name in embedded})
    try:
        return measured(area)
    finally:
        for name in embedded:
            del os.environ[name]
        stop_servers(embedded, BENCH_VAR)


def measured(area):
    django.setup()
    from django.conf import settings
    from django.template import Template
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    uninstrumented = Template._render

    settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = DATABASE
    setup_test_environment()
    # As in production: the instrument of tests copies every context of every template.
    Template._render = uninstrumented
    databases = setup_databases(verbosity=0, interactive=False)
    from newsroom.core.collecting import everything_is_loaded
    from tests.bench.areas import AREAS
    from tests.bench.measuring import written

    # As a web process does.
    everything_is_loaded()

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
