"""A server that can be broken while it runs: `python -m tests.web.breaking FOLDER ARGUMENTS…` is `planner ARGUMENTS…`.

What stands in FOLDER decides: `raise`, `memory`, `half` or `slow` breaks the making of feeds, `full` the writing of the
ledger as a full disk does; `read` breaks every reading of the plan.
"""

import errno
import sqlite3
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from planner.cli import main
from planner.services import delivering
from planner.services.publishing import Built
from planner.store import database
from planner.store.addresses import Operations


def broken(folder: Path) -> None:
    """Puts the breaks into this process."""
    make, keep, snapshot = delivering.feed_bytes, Operations.keep_served, database.Database.snapshot

    def make_or_break(*arguments: Any, **named: Any) -> Built:
        if (folder / "raise").exists():
            raise RuntimeError("the generator is broken")
        if (folder / "memory").exists():
            raise MemoryError
        if (folder / "slow").exists():
            time.sleep(8)
        built = make(*arguments, **named)
        return replace(built, content=built.content[: len(built.content) // 2]) if (folder / "half").exists() else built

    def keep_or_break(*arguments: Any) -> None:
        if (folder / "full").exists():
            raise sqlite3.OperationalError("database or disk is full")
        keep(*arguments)

    def read_or_break(*arguments: Any, **named: Any) -> Any:
        if (folder / "read").exists():
            raise OSError(errno.EIO, "Input/output error")
        return snapshot(*arguments, **named)

    delivering.feed_bytes = make_or_break
    Operations.keep_served = keep_or_break  # type: ignore[method-assign,assignment]
    database.Database.snapshot = read_or_break  # type: ignore[method-assign]


if __name__ == "__main__":
    broken(Path(sys.argv[1]))
    main(sys.argv[2:])
