"""Timing, and a table of what was measured."""

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


def show(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """The table in Markdown."""
    heads = list(heads)
    print(f"\n{title}\n")
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
