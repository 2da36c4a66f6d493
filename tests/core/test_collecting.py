"""What a web process has loaded is left alone by Python's collector, in a process of its own."""

import subprocess
import sys

from django.conf import settings

SCRIPT = """
import gc
from newsroom.core.collecting import BETWEEN_LOOKS, everything_is_loaded
everything_is_loaded()
assert gc.isenabled()
assert gc.get_freeze_count() > 1_000
assert gc.get_threshold()[0] == BETWEEN_LOOKS
"""


def test_what_is_loaded_is_frozen_and_the_collector_goes_on():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], cwd=settings.ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
