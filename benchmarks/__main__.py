"""Runs every benchmark there is, or those named: `python -m benchmarks [start|sweep|serving]`."""

import sys

from benchmarks import serving, start, sweep

BENCHMARKS = {"start": start.run, "sweep": sweep.run, "serving": serving.run}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


main(sys.argv[1:])
