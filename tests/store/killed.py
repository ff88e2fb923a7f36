"""A migration that dies: `python -m tests.store.killed LOCATION FOLDER FORM NUMBER` ends before its n-th statement.

A form with "-" before it is the way down to it.
"""

import os
import sys
from pathlib import Path

import alembic.command
from sqlalchemy import event

from tests.store.test_migrations import with_next


def main(location: str, folder: str, form: str, number: int) -> None:
    config = with_next(Path(folder), location)
    config.attributes["accept_loss"] = True
    count = 0

    def look(*_: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            os._exit(9)

    event.listen(config.attributes["engine"], "before_cursor_execute", look)
    is_down = form == "base" or form.startswith("-")
    move = alembic.command.downgrade if is_down else alembic.command.upgrade
    move(config, form.removeprefix("-"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
