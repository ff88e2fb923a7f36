"""Where a SQLite file lies: its write-ahead log needs a disk of this machine, and a folder that may be written.

The log is shared through memory of one machine. On a network share two machines would each believe they hold it, and
the file would be damaged without a word (sqlite.org/wal.html, "all processes must be on the same host").
"""

import os
import re
from pathlib import Path

from planner.errors import Unavailable, WrongDatabase, problem

MOUNTS = Path("/proc/self/mountinfo")
"""What is mounted where, on Linux. Elsewhere only paths of Windows shares are told."""
SHARES = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|afs|ncpfs|9p|ceph|lustre|gfs2?|ocfs2|glusterfs|beegfs|davfs"
    r"|fuse\.(sshfs|s3fs|rclone|glusterfs|ceph.*|curlftpfs|davfs.*|gvfsd-fuse|goofys|juicefs)"
)
"""Kinds of file systems that lie on other machines."""
WRITE_AHEAD = b"\x02"
"""Byte 18 of the header of a file that is kept with a write-ahead log (sqlite.org/fileformat.html, 1.3.3)."""


def refuse_unsafe(path: Path) -> None:
    """Raises WrongDatabase for a file on a network share, Unavailable for one this account cannot even read safely.

    A file without a write-ahead log, as a backup is, may lie anywhere.
    """
    there = path.exists()
    share = kind_of_share(path)
    if share and not (there and not has_log(path)):
        found = f"lies on a network share ({share}), where a write-ahead log is not safe"
        raise WrongDatabase(problem(str(path), found, remedy="keep it on a disk of this machine, or use PostgreSQL"))
    if there and not is_still(path) and not _log_can_be_read(path) and has_log(path):
        found = "cannot be read from here: this account may not write its folder, and its log is kept there"
        remedy = "run as the account that keeps the plan, or read a backup of it"
        raise Unavailable(problem(str(path), found, remedy=remedy))


def kind_of_share(path: Path, mounts: str | None = None) -> str:
    """The kind of network file system that path lies on, or "" for a disk of this machine."""
    text = str(path)
    if text.startswith(("\\\\", "//")):
        return "smb"
    if mounts is None:
        mounts = MOUNTS.read_text(encoding="utf-8", errors="replace") if MOUNTS.exists() else ""
    real = Path(os.path.realpath(path))
    # proc(5): "36 35 98:0 /root /mount/point options [fields…] - type source options"; later mounts cover earlier ones.
    found, longest = "", -1
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        fields = before.split()
        if len(fields) < 5 or not after:
            continue
        point = Path(_unescaped(fields[4]))
        if real.is_relative_to(point) and len(point.parts) >= longest:
            found, longest = after.split()[0], len(point.parts)
    return found if SHARES.fullmatch(found) else ""


def has_log(path: Path) -> bool:
    """True when the file says that it is kept with a write-ahead log.

    Never of a file that this process may have open as a database: closing any other handle of it gives up every lock
    the process holds on it (sqlite.org/howtocorrupt.html, 2.2), and a writer elsewhere would take the log away.
    """
    try:
        with path.open("rb") as file:
            return file.read(20)[18:19] == WRITE_AHEAD
    except OSError:
        return False


def is_still(path: Path) -> bool:
    """True where nobody can change the file: its disk is mounted for reading, and no log lies beside it.

    Such a file is read as it is. Where only this account may not write, somebody else may do so while we read.
    """
    log = Path(f"{path}-wal")
    try:
        mounted_for_reading = bool(os.statvfs(path).f_flag & os.ST_RDONLY)
        return mounted_for_reading and not (log.exists() and log.stat().st_size)
    except (OSError, AttributeError):  # no such call on Windows
        return False


def _log_can_be_read(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) or Path(f"{path}-shm").exists()


def _unescaped(text: str) -> str:
    """Mount points write blanks and the like as octal numbers."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), text)
