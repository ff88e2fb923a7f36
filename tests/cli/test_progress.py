"""The progress bar of long work: on a terminal after a second, and nothing left behind by Ctrl-C."""

import os
import pty
import signal
import sys
import time

import pytest

from tests.cli.running import Planner

ROWS = 20_000


def begin(planner: Planner, *arguments: str) -> tuple[int, int]:
    """Process and terminal of a command that a person began."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(planner.folder)
        environ = {**os.environ, "PLANNER_USER": "A. Writer", "TERM": "xterm", "COLUMNS": "80"}
        os.execvpe(sys.executable, [sys.executable, "-m", "planner", *arguments], environ)
    return child, terminal


def seen_until(terminal: int, words: bytes) -> bytes:
    """What the terminal shows up to these words, or to the end."""
    seen = b""
    try:
        while words not in seen and (piece := os.read(terminal, 4096)):
            seen += piece
    except OSError:  # how Linux says that the other side has closed the terminal
        pass
    return seen


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_long_import_shows_how_far_it_is_and_ctrl_c_writes_nothing(planner: Planner) -> None:
    planner.load_sample()
    rows = [f"Выставка {number},commemoration,{1 + number % 28}.05.2020" for number in range(ROWS)]
    planner.file("list.csv", "\n".join(["title,kind,date_text", *rows]))

    child, terminal = begin(planner, "import", "list.csv", "--yes")
    seen = seen_until(terminal, b"/20000")
    time.sleep(0.2)
    os.kill(child, signal.SIGINT)
    seen += seen_until(terminal, b"\0")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)

    assert b"Reading list.csv" in seen
    assert b"/20000" in seen
    assert status == 2
    assert b"stopped; nothing was written" in seen
    assert planner("history").out.count("\n") == 1
    assert planner("db", "check", "--log").status == 0
