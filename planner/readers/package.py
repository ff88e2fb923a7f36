"""Zip packages (workbooks, Word documents): what they are, and limits that hold before anything is unpacked."""

import io
import zipfile

from planner.errors import BadInput, Problem

MAX_UNPACKED = 64_000_000
MAX_ENTRIES = 1_000
MAX_RATIO = 100

ZIP = b"PK\x03\x04"


def parts_of(content: bytes) -> frozenset[str]:
    """The names of the parts of a package; none when it is no whole one."""
    if not content.startswith(ZIP):
        return frozenset()
    try:
        return frozenset(zipfile.ZipFile(io.BytesIO(content)).namelist())
    except zipfile.BadZipFile:
        return frozenset()


def seems_document(content: bytes) -> bool:
    """True for the package of a Word document."""
    return "word/document.xml" in parts_of(content)


def refuse_bombs(content: bytes, file_name: str) -> None:
    """Raises BadInput for a package with too much in it, judged by its directory alone."""
    entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    unpacked = sum(entry.file_size for entry in entries)
    ratio = max((entry.file_size // max(entry.compress_size, 1) for entry in entries), default=0)
    names = [entry.filename for entry in entries]
    is_bomb = unpacked > 1_000_000 and ratio > MAX_RATIO
    checks = (
        (len(entries) > MAX_ENTRIES, f"has {len(entries):,} parts", f"at most {MAX_ENTRIES:,}"),
        (unpacked > MAX_UNPACKED, f"unpacks to {unpacked:,} bytes", f"at most {MAX_UNPACKED:,}"),
        (is_bomb, f"unpacks to {ratio} times its size", f"at most {MAX_RATIO} times"),
        (len(names) != len(set(names)), "has two parts of one name", "each part once"),
    )
    for is_wrong, found, expected in checks:
        if is_wrong:
            raise BadInput(Problem(file_name, found, expected, "save the table alone in a new file"))
