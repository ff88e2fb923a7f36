"""How large a file may be that somebody gives us; looked at before it is parsed, so that none fills the machine."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for one file. The field `file_mb` is the setting `max_file_mb`, and so on."""

    file_mb: int = 20
    unpacked_mb: int = 64
    parts: int = 1_000
    ratio: int = 100
    rows: int = 50_000
    columns: int = 1_024
    cells: int = 2_000_000
    cell_letters: int = 32_768
    seconds: int = 10


USUAL = Limits()

MEANINGS = {
    "file_mb": "The largest file that is read, in megabytes.",
    "unpacked_mb": "The most that the parts of a workbook or document may have together, in megabytes.",
    "parts": "The most parts a workbook or document may have.",
    "ratio": "How many times its packed size a part may unpack to.",
    "rows": "The most rows, or events, of one list.",
    "columns": "The most columns of one list.",
    "cells": "The most cells of one sheet, empty ones between others counted.",
    "cell_letters": "The most letters in one cell.",
    "seconds": "How long the reading of one file may take.",
}
DEFAULTS = {each.name: str(each.default) for each in fields(Limits)}
