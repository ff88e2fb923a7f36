"""A progress bar for work that takes longer than a second, on a terminal only; it leaves nothing behind."""

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress

AFTER_SECONDS = 1.0


class Bar:
    """Says on standard error what is being done and how far it is. Off a terminal it says nothing at all."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._shown: Progress | None = None
        self._text, self._total, self._done = "", 0, 0

    def __enter__(self) -> "Bar":
        if sys.stderr.isatty():
            self._timer = threading.Timer(AFTER_SECONDS, self._show)
            self._timer.daemon = True
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        with self._lock:
            if self._shown is not None:
                self._shown.stop()
            self._shown = None

    def stage(self, text: str) -> None:
        """Another kind of work begins; how long it is, is not known yet."""
        with self._lock:
            self._text, self._total, self._done = text, 0, 0
            self._update()

    def at(self, done: int, total: int) -> None:
        """So much of it is done."""
        self._done, self._total = done, total
        if self._shown is not None and (done % 100 == 0 or done == total):
            with self._lock:
                self._update()

    def _show(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        with self._lock:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
            self._shown = Progress(*columns, console=Console(stderr=True), transient=True)
            self._shown.add_task(self._text, total=None)
            self._update()
            self._shown.start()

    def _update(self) -> None:
        if self._shown is not None:
            task = self._shown.task_ids[0]
            self._shown.update(task, description=self._text, completed=self._done, total=self._total or None)
