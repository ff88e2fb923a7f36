"""Start: `planner --help` against a bare click program. Target: at most 1.5 times as long."""

import subprocess
import sys

from benchmarks.table import show, timed

BARE = "import click; click.command()(lambda: None)(['--help'])"
RUNS = 15


def run() -> None:
    """Prints the table."""
    bare, _ = timed(lambda: _process("-c", BARE), RUNS)
    ours, _ = timed(lambda: _process("-m", "planner", "--help"), RUNS)
    python, _ = timed(lambda: _process("-c", "pass"), RUNS)
    show(
        f"Start, whole process, median of {RUNS}",
        ("program", "ms", "against bare click"),
        (
            ("python alone", f"{python:.0f}", f"{python / bare:.2f} ×"),
            ("bare click program --help", f"{bare:.0f}", "1 ×"),
            ("planner --help", f"{ours:.0f}", f"{ours / bare:.2f} × (target ≤ 1.5 ×)"),
        ),
    )


def _process(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
