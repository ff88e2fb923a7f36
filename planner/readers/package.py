"""Zip packages (workbooks, Word documents): what they are, and limits that hold before anything in them is parsed."""

import io
import zipfile
import zlib

from planner.errors import BadInput, Problem
from planner.limits import Limits

ZIP = b"PK\x03\x04"
_MEGABYTE = 1_000_000
_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")


def opened(content: bytes, file_name: str) -> zipfile.ZipFile:
    """The package in these bytes; BadInput when it is damaged or was cut off."""
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, UnicodeDecodeError) as error:
        found = "seems to be a workbook or a document that is damaged or was cut off"
        raise BadInput(Problem(file_name, found, remedy="send the whole file, or open it and save it again")) from error


def refuse_bombs(package: zipfile.ZipFile, file_name: str, limits: Limits) -> None:
    """Raises BadInput for a package with too much in it, judged by its directory alone."""
    entries = package.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    ratio = max((entry.file_size // max(entry.compress_size, 1) for entry in entries), default=0)
    names = [entry.filename for entry in entries]
    most = limits.unpacked_mb * _MEGABYTE
    # Small parts of one repeated line pack as well as that; only a large one is made to do harm.
    is_bomb = unpacked > _MEGABYTE and ratio > limits.ratio
    checks = (
        (len(entries) > limits.parts, f"has {len(entries):,} parts", f"at most {limits.parts:,}"),
        (unpacked > most, f"unpacks to {unpacked:,} bytes", f"at most {most:,}"),
        (is_bomb, f"unpacks to {ratio} times its size", f"at most {limits.ratio} times"),
        (len(names) != len(set(names)), "has two parts of one name", "each part once"),
        (any(entry.flag_bits & 1 for entry in entries), "is protected by a password", "a file without one"),
    )
    for is_wrong, found, expected in checks:
        if is_wrong:
            raise BadInput(Problem(file_name, found, expected, "save the table alone in a new file"))


def part(package: zipfile.ZipFile, name: str, file_name: str) -> bytes:
    """The bytes of one part, which must be what the directory says. Raises BadInput."""
    try:
        return package.read(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        raise BadInput(
            Problem(file_name, f"its part {name!r} is damaged", remedy="open it and save it again")
        ) from error


def refuse_declarations(package: zipfile.ZipFile, file_name: str) -> None:
    """Raises BadInput when a part declares entities, as no workbook and no document does: they would fill the memory,
    or read what is not theirs. Every part is unpacked for it, so that what the directory says is true as well.
    """
    for entry in package.infolist():
        content = part(package, entry.filename, file_name)
        if not entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            continue
        if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            content = content.decode("utf-16", "replace").encode()
        if any(word in content for word in _DECLARES):
            found = f"its part {entry.filename!r} declares a document type or entities"
            remedy = "open it and save it again; no office program writes that"
            raise BadInput(Problem(file_name, found, "plain XML", remedy))
