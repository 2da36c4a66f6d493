"""How the bench measures: named figures against bars, ratios within one run where it can be."""

import json
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).resolve().parents[2] / "var" / "bench" / "results.json"


@dataclass(frozen=True)
class Figure:
    """One measured figure; ``ok`` says whether it stays on the right side of its bar."""

    name: str
    value: float
    unit: str
    bar: float
    ok: bool


def at_most(name: str, value: float, unit: str, bar: float) -> Figure:
    """Return a figure that must not be above its bar."""
    return Figure(name, round(value, 2), unit, bar, value <= bar)


def at_least(name: str, value: float, unit: str, bar: float) -> Figure:
    """Return a figure that must not be below its bar."""
    return Figure(name, round(value, 2), unit, bar, value >= bar)


def median_cpu_ms(work: Callable[[], object], times: int = 15, *, warm: bool = True) -> float:
    """Return the median CPU milliseconds of this process for one call of ``work`` (after one to warm up)."""
    if warm:
        work()
    spent = []
    for _time in range(times):
        start = time.process_time()
        work()
        spent.append(1000 * (time.process_time() - start))
    return statistics.median(spent)


def per_second(work: Callable[[], int]) -> float:
    """Return how many things a second ``work`` does; it returns how many it did."""
    start = time.monotonic()
    done = work()
    return done / (time.monotonic() - start)


def children_peak_mb() -> float:
    """Return the largest resident memory of any child process so far, in MB (ru_maxrss is in kB on Linux)."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def written(figures: list[Figure]) -> bool:
    """Print the table, write the results file, and say whether every bar is met."""
    for figure in figures:
        mark = "" if figure.ok else "   manqué"
        print(f"{figure.name:<42}{figure.value:>12.2f} {figure.unit:<6} barre {figure.bar:g}{mark}")
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps([asdict(figure) for figure in figures], indent=1))
    return all(figure.ok for figure in figures)
