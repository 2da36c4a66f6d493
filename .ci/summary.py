"""Adds up JUnit reports: `python .ci/summary.py var/test/junit*.xml` prints one line; 1 without tests."""

# ruff: noqa: INP001, T201 - a script, run by make

import sys
from pathlib import Path
from xml.etree import ElementTree as ET


def main(reports: list[str]) -> int:
    """Print how many tests passed, failed and were skipped, and the seconds they took."""
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    seconds = 0.0
    for report in filter(Path.exists, map(Path, reports)):
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own pytest wrote it
            for name in totals:
                totals[name] += int(suite.get(name, "0"))
            seconds += float(suite.get("time", "0"))
    failed = totals["failures"] + totals["errors"]
    passed = totals["tests"] - failed - totals["skipped"]
    print(f"total: {passed} passed, {failed} failed, {totals['skipped']} skipped in {seconds:.0f} s")
    return 0 if totals["tests"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
