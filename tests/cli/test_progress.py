"""The progress bar of long work: on a terminal after a second, and nothing left behind by Ctrl-C."""

import io
import os
import pty
import signal
import sqlite3
import sys
import time
from contextlib import closing

import pytest

from planner.cli import progress
from tests.cli.running import Planner


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown_on(stream: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> str:
    """What stands there of a work at 300 of 20,000, once it took long enough to be shown."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(progress, "AFTER_SECONDS", 0.0)
    with progress.Bar() as bar:
        bar.stage("Reading list.csv")
        bar.at(300, 20_000)
        time.sleep(0.3)
    return stream.getvalue()


def test_long_work_shows_on_a_terminal_what_it_does_and_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = shown_on(Terminal(), monkeypatch)

    assert "Reading list.csv" in shown
    assert "300/20000" in shown


def test_long_work_says_nothing_of_it_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_on(io.StringIO(), monkeypatch) == ""


def begin(planner: Planner, *arguments: str) -> tuple[int, int]:
    """Process and terminal of a command that a person began."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(planner.folder)
        signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests run in the background
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
def test_ctrl_c_while_an_import_writes_leaves_nothing_behind(planner: Planner) -> None:
    planner.load_sample()
    planner.file("list.csv", "title,kind,date_text\nВыставка,commemoration,1.05.2020")
    with closing(sqlite3.connect(planner.folder / "planner.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        child, terminal = begin(planner, "import", "list.csv", "--yes")
        seen = seen_until(terminal, b"Writing")
        os.kill(child, signal.SIGINT)
        other.execute("ROLLBACK")
        seen += seen_until(terminal, b"\0")
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.close(terminal)

    assert status == 2
    assert b"stopped; nothing was written" in seen
    assert planner("history").out.count("\n") == 1
    assert planner("db", "check", "--log").status == 0
