"""Files put in place whole: a reader sees the old bytes or the new, never a part."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from planner.errors import BadInput, problem

FOR_ALL = 0o644
SECRET = 0o600
"""Who may read a file: a web server, which is another account, or its owner alone."""


@dataclass(frozen=True, slots=True)
class Written:
    """One file, how many entries it has, and whether its bytes changed."""

    path: Path
    entries: int
    is_changed: bool


def put(folder: Path, files: Iterable[tuple[str, bytes, int]]) -> tuple[Written, ...]:
    """Puts (name, content, entries) into a folder, made when it is missing, for everybody to read.

    One with the same bytes is not touched. Raises BadInput when the folder cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return tuple(_put(folder / name, content, entries) for name, content, entries in files)
    except OSError as error:
        raise _unwritten(folder, error) from error


def put_file(path: Path, content: bytes | str, mode: int | None = None) -> None:
    """Puts one file in place; without a `mode` it may be read as before, or as new files are.

    Raises BadInput when it cannot be written.
    """
    with beside(path, content, mode):
        pass


@contextmanager
def beside(path: Path, content: bytes | str, mode: int | None = None) -> Iterator[None]:
    """The content lies ready beside its place while the block runs; it takes the place only when the block ends well.

    What is no file (a pipe, a terminal) is written to then. Raises BadInput when it cannot be written.
    """
    octets = content.encode() if isinstance(content, str) else content
    try:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        # Asked of the path as it was said: where /dev/stdout is a pipe, what it leads to has no name.
        ready = None if path.exists() and not path.is_file() else _ready(path.resolve(), octets, mode)
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        yield
        _take_place(path, ready, octets)
    finally:
        if ready is not None:
            ready.unlink(missing_ok=True)


def _put(path: Path, content: bytes, count: int) -> Written:
    if path.exists() and path.read_bytes() == content:
        return Written(path, count, is_changed=False)
    path.parent.mkdir(parents=True, exist_ok=True)
    ready = _ready(path, content, FOR_ALL)
    try:
        ready.replace(path)
    finally:
        ready.unlink(missing_ok=True)
    return Written(path, count, is_changed=True)


def _take_place(path: Path, ready: Path | None, content: bytes) -> None:
    try:
        if ready is None:
            path.write_bytes(content)
        else:
            ready.replace(path.resolve())
    except OSError as error:
        raise _unwritten(path, error) from error


def _ready(place: Path, content: bytes, mode: int | None) -> Path:
    """A file beside that place with this content, which is on the disk when this is done."""
    ready = place.with_name(f".{secrets.token_hex(8)}.unfinished")
    first = mode or (SECRET if place.exists() else 0o666)  # what replaces a private file is private while it is filled
    try:
        handle = os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), first)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            ready.chmod(mode)
        elif place.exists():
            shutil.copymode(place, ready)
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
    return ready


def _unwritten(path: Path, error: OSError) -> BadInput:
    if isinstance(error, FileNotFoundError):
        return BadInput(problem(str(path), f"there is no folder {path.parent}", remedy="make it, or name another"))
    return BadInput(problem(str(path), f"cannot be written ({error.strerror})", "a folder you may write"))
