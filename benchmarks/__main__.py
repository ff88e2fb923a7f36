"""Runs every benchmark there is, or those named: `python -m benchmarks [start|pairs|one-event|whole|import|…]`."""

import sys

from benchmarks import backups, feed, importing, looking_back, one_event, pages, pairs, reading, serving, start, whole

BENCHMARKS = {
    "feed": feed.run,
    "start": start.run,
    "pairs": pairs.run,
    "one-event": one_event.run,
    "whole": whole.run,
    "serving": serving.run,
    "reading": reading.run,
    "pages": pages.run,
    "import": importing.run,
    "backups": backups.run,
    "looking-back": looking_back.run,
}


def main(names: list[str]) -> None:
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"no benchmark {unknown[0]!r}; there are {', '.join(BENCHMARKS)}")
    for name in names or BENCHMARKS:
        BENCHMARKS[name]()


main(sys.argv[1:])
