"""When Python looks for what is no longer used: not in the middle of what was loaded for good."""

import gc
from typing import Final

# A page of the desk makes some ten thousand objects, and nearly all of them go by themselves.
BETWEEN_LOOKS: Final = 50_000


def everything_is_loaded() -> None:
    """Leave what is there now out of every later look, and look less often. Call once, when a web process is ready.

    Objects that refer to one another in a circle stay until the next look: some megabytes at most.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(BETWEEN_LOOKS, 20, 20)
