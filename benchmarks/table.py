"""Timing, and a table of what was measured."""

import resource
import time
from collections.abc import Callable, Iterable
from statistics import median
from typing import TypeVar

T = TypeVar("T")


def timed(work: Callable[[], T], times: int = 5) -> tuple[float, T]:
    """The median of so many runs in milliseconds, and what the last one gave."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        result = work()
        taken.append((time.perf_counter() - began) * 1000)
    return median(taken), result


def busy(work: Callable[[], T], times: int = 5) -> tuple[float, float, T]:
    """The same by the processor's time, that of processes it started included, then by the clock: the least of each."""
    by_processor, by_clock = [], []
    for _ in range(times):
        before, began = _processor(), time.perf_counter()
        result = work()
        by_clock.append((time.perf_counter() - began) * 1000)
        by_processor.append((_processor() - before) * 1000)
    return min(by_processor), min(by_clock), result


def _processor() -> float:
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in both)


def show(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """The table in Markdown."""
    heads = list(heads)
    print(f"\n{title}\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
