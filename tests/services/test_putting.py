"""Files a person asks for are there whole or not at all, and beside what the plan keeps of them or not at all."""

import errno
import os
import re
from pathlib import Path

import pytest

import planner
from planner.errors import BadInput
from planner.services.putting import SECRET, beside, put_file

SOURCE = Path(planner.__file__).parent


def left(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_file_that_fails_on_the_way_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"old")

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(BadInput, match=r"plan\.csv: cannot be written \(No space left on device\)"):
        put_file(path, "new")

    assert left(tmp_path) == {"plan.csv": b"old"}


def test_file_takes_its_place_only_when_what_it_belongs_to_is_done(tmp_path: Path) -> None:
    path = tmp_path / "minsk.eml"

    with pytest.raises(ValueError, match="not kept"), beside(path, b"told"):
        raise ValueError("not kept")
    assert left(tmp_path) == {}

    with beside(path, b"told"):
        assert not path.exists()
    assert left(tmp_path) == {"minsk.eml": b"told"}


def test_folder_in_the_place_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    done = []

    with pytest.raises(BadInput, match="Is a directory"), beside(tmp_path, b"told"):
        done.append(1)

    assert done == []


def test_file_keeps_who_may_read_it_and_a_link_what_it_points_at(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.csv", tmp_path / "link.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)
    link.symlink_to(path)

    put_file(link, "new")
    put_file(tmp_path / "card.html", "key", SECRET)

    assert link.is_symlink()
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o640)
    assert (tmp_path / "card.html").stat().st_mode & 0o777 == SECRET


def test_what_replaces_a_private_file_is_private_while_it_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"old")
    path.chmod(SECRET)
    seen = []
    monkeypatch.setattr(os, "fsync", lambda handle: seen.append(os.fstat(handle).st_mode & 0o777))

    put_file(path, "new")

    assert (seen, path.stat().st_mode & 0o777) == ([SECRET], SECRET)


def test_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)

    put_file(pipe, "told")

    assert (os.read(reader, 100), pipe.is_fifo()) == (b"told", True)
    os.close(reader)


def test_nothing_else_writes_files() -> None:
    """The report of a defect is written as it can be; backups are the store's own."""
    writes = re.compile(r"\.write_(bytes|text)\(|open\([^)]*[\"'][wxa]b?[\"']")
    found = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if writes.search(path.read_text())}

    assert found == {"services/putting.py", "cli/__init__.py"}
