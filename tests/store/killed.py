"""A migration that dies before its n-th statement, in a process of its own that ends as one that is killed does."""

import multiprocessing
import os
import sys
from pathlib import Path

import alembic.command
from sqlalchemy import event

from tests.store.migrating import with_next


def killed(location: str, folder: Path, form: str, number: int) -> bool:
    """Kills it there; False when it had fewer statements and came through. "-" before a form is the way down to it."""
    # Forked from a process that has imported everything and opened nothing: thousands of these are made.
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    context.set_forkserver_preload(["tests.store.killed"])
    process = context.Process(target=migrate_and_die, args=(location, folder, form, number))
    process.start()
    process.join()
    assert process.exitcode in {0, 9}
    ended = process.exitcode
    process.close()
    return ended == 9


def migrate_and_die(location: str, folder: Path, form: str, number: int) -> None:
    config = with_next(folder, location)
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
