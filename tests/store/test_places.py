"""P5: places where a plan would not be safe are refused in one sentence, and nothing is written there."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner.domain.change import Change
from planner.errors import PlannerError, Unavailable, WrongDatabase
from planner.store import current, open_database, upgrade
from planner.store.backups import back_up, verify
from planner.store.places import has_log, kind_of_share
from tests.builders import a_programme, an_event

NOW = datetime(2020, 3, 1, 12, tzinfo=UTC)
MOUNTS = """\
22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:45 / /srv/plans rw,relatime shared:3 - nfs4 server:/plans rw,vers=4.2
31 30 8:2 / /srv/plans/local rw - ext4 /dev/sdb1 rw
32 22 0:46 / /media/office\\040share rw - cifs //office/share rw
33 22 0:47 / /mnt/remote rw - fuse.sshfs somebody@host:/ rw
34 22 0:48 / /mnt/ntfs rw - fuseblk /dev/sdc1 rw
35 22 0:49 / /mnt/twice rw - nfs server:/ rw
36 35 8:3 / /mnt/twice rw - xfs /dev/sdd1 rw
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/srv/plans/2020.db", "nfs4"),
        ("/srv/plans/local/2020.db", ""),
        ("/srv/plans-old/2020.db", ""),
        ("/media/office share/2020.db", "cifs"),
        ("/mnt/remote/a/b/2020.db", "fuse.sshfs"),
        ("/mnt/ntfs/2020.db", ""),
        ("/mnt/twice/2020.db", ""),
        ("/var/lib/planner/2020.db", ""),
        ("\\\\office\\share\\2020.db", "smb"),
    ],
)
def test_network_share_is_told_from_a_disk(path: str, kind: str) -> None:
    assert kind_of_share(Path(path), MOUNTS) == kind


def write(place: Path) -> None:
    database = open_database(str(place), writes=True)
    with database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction:
        transaction.apply([Change(None, a_programme()), Change(None, an_event())])
    database.close()


@pytest.fixture
def share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that this machine believes to lie on a network share."""
    folder = tmp_path / "share"
    folder.mkdir()
    mounts = tmp_path / "mountinfo"
    mounts.write_text(f"22 1 8:1 / / rw - ext4 /dev/sda1 rw\n30 22 0:45 / {folder} rw - nfs4 server:/ rw\n")
    monkeypatch.setattr("planner.store.places.MOUNTS", mounts)
    return folder


def test_plan_is_not_made_on_a_network_share(share: Path) -> None:
    for act in (lambda: open_database(str(share / "plan.db"), writes=True), lambda: upgrade(str(share / "plan.db"))):
        with pytest.raises(
            WrongDatabase, match=r"lies on a network share \(nfs4\).*; keep it on a disk of this machine"
        ):
            act()

    assert list(share.iterdir()) == []


def test_plan_on_a_network_share_is_neither_read_nor_written(share: Path, tmp_path: Path) -> None:
    write(tmp_path / "plan.db")
    (share / "plan.db").write_bytes((tmp_path / "plan.db").read_bytes())
    before = (share / "plan.db").read_bytes()

    for act in (
        lambda: open_database(str(share / "plan.db"), writes=False),
        lambda: open_database(str(share / "plan.db"), writes=True),
        lambda: current(str(share / "plan.db")),
    ):
        with pytest.raises(WrongDatabase, match="lies on a network share"):
            act()

    assert [path.name for path in share.iterdir()] == ["plan.db"]
    assert (share / "plan.db").read_bytes() == before


def test_backup_may_lie_on_a_network_share(share: Path, tmp_path: Path) -> None:
    write(tmp_path / "plan.db")

    made = back_up(str(tmp_path / "plan.db"), share / "kept.db", NOW)

    assert not has_log(made.path)
    assert verify(made.path) == made


def as_somebody(act: Callable[[], object]) -> str:
    """What an ordinary account is told when it does that: the sentence, or "" when it may."""
    if os.geteuid() != 0:
        return _told(act)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setgid(65534)
        os.setuid(65534)
        os.write(writing, _told(act).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    os.waitpid(child, 0)
    return said


def _told(act: Callable[[], object]) -> str:
    try:
        act()
    except PlannerError as error:
        return str(error)
    except BaseException as error:  # it is handed to the test, which compares it
        return f"a defect: {error!r}"
    return ""


def reads(place: Path) -> str:
    database = open_database(str(place), writes=False)
    with database.snapshot() as snapshot:
        found = snapshot.events()
    database.close()
    assert found == (an_event(),)
    return ""


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every account can reach; those of pytest are for their owner alone."""
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder
        folder.chmod(0o755)


def test_plan_in_a_folder_that_may_not_be_written_is_explained(open_folder: Path) -> None:
    place = open_folder / "plan.db"
    write(place)
    back_up(str(place), open_folder / "kept.db", NOW)
    place.chmod(0o644)
    (open_folder / "kept.db").chmod(0o644)
    for tail in ("-wal", "-shm"):
        Path(f"{place}{tail}").unlink(missing_ok=True)
    open_folder.chmod(0o555)

    read = as_somebody(lambda: reads(place))
    written = as_somebody(lambda: write(place))
    kept = as_somebody(lambda: reads(open_folder / "kept.db"))

    expected = "cannot be read from here: this account may not write its folder, and its log is kept there; run as the"
    assert read.startswith(f"{place}: {expected}")
    assert written.startswith(f"{place}: {expected}")
    assert kept == "", "a backup has no log and can be read anywhere"
    assert sorted(path.name for path in open_folder.iterdir()) == ["kept.db", "plan.db"]


def test_file_that_may_not_be_written_is_said(open_folder: Path) -> None:
    place = open_folder / "plan.db"
    write(place)
    open_folder.chmod(0o777)
    place.chmod(0o444)

    said = as_somebody(lambda: write(place))

    assert said == f"{place}: may only be read; see who owns the file and its folder"


def test_file_in_a_folder_nobody_else_may_enter_is_said(open_folder: Path) -> None:
    place = open_folder / "plan.db"
    write(place)
    open_folder.chmod(0o600)

    said = as_somebody(lambda: reads(place))

    assert said == f"{place}: may not be reached by this account; see who owns it and its folder"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of one megabyte."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip(f"no disk can be mounted here: {made.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk, as Linux does")
def test_full_disk_is_said_and_the_plan_stays_as_it_was(small_disk: Path) -> None:
    place = small_disk / "plan.db"
    write(place)
    database = open_database(str(place), writes=True)
    many = [Change(None, an_event(f"EX-{n:05}", people=n)) for n in range(4000)]

    with (
        pytest.raises(Unavailable, match="could not be written: the disk is full; make room and try again"),
        database.transaction(who="A. Writer", why="", means="add", now=NOW) as transaction,
    ):
        transaction.apply(many)
    database.close()

    assert reads(place) == ""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk, as Linux does")
def test_backup_to_a_full_disk_leaves_nothing_there(small_disk: Path, tmp_path: Path) -> None:
    write(tmp_path / "plan.db")
    (small_disk / "filler").write_bytes(bytes(1024 * 1024 - 64 * 1024))

    with pytest.raises(Unavailable, match="the disk is full"):
        back_up(str(tmp_path / "plan.db"), small_disk / "kept.db", NOW)

    assert [path.name for path in small_disk.iterdir()] == ["filler"]


@pytest.mark.skipif(sys.platform != "linux", reason="mounts a disk, as Linux does")
def test_plan_on_a_disk_mounted_for_reading_can_be_read(small_disk: Path) -> None:
    place = small_disk / "plan.db"
    write(place)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)

    assert reads(place) == ""
    with pytest.raises(Unavailable, match="may only be read|cannot be opened"):
        write(place)
    assert [path.name for path in small_disk.iterdir()] == ["plan.db"]
