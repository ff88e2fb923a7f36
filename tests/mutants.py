"""Good files with something changed at random: what a bad line or a careless program makes of them."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping

from planner import sample
from tests.hostile import calendar, plan
from tests.lists import LISTS

Change = Callable[[bytearray, random.Random], None]
PIECES = (
    *(b"\x00 \xff \x1b \" ' , ; | : = < > & \\ { [".split()),
    *(b"\n", b"\r", b"\t", b"9" * 30, b"A" * 300, b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80"),
    *("\ufffd".encode(), "\u202e".encode(), "Й".encode("cp1251")),
    *(b"-1 31.04.2020 20200431 &#0; &lol; ]]> null 1e999 %00 FREQ=SECONDLY INTERVAL=0 TZID=../../x".split()),
    *(b"BEGIN:VEVENT", b"END:VCALENDAR", b"<!DOCTYPE a>"),
)


def _flip(content: bytearray, chance: random.Random) -> None:
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)


def _put(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content) + 1)
    content[at:at] = chance.choice(PIECES)


def _write_over(content: bytearray, chance: random.Random) -> None:
    piece = chance.choice(PIECES)
    at = chance.randrange(len(content))
    content[at : at + len(piece)] = piece


def _take_out(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    del content[at : at + chance.choice((1, 2, 10, 100))]


def _repeat(content: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(content))
    content[at:at] = content[at : at + chance.choice((1, 20, 200))] * chance.choice((1, 2, 50))


def _cut(content: bytearray, chance: random.Random) -> None:
    del content[chance.randrange(len(content)) :]


def _swap(content: bytearray, chance: random.Random) -> None:
    one, other = sorted((chance.randrange(len(content)), chance.randrange(len(content))))
    length = min(40, other - one)
    content[one : one + length], content[other : other + length] = (
        content[other : other + length],
        content[one : one + length],
    )


GOOD_PLAN = plan(events=[{"title_en": f"Drill {n}", "kind": "exercise", "date_text": "May 2020"} for n in (1, 2)])
CHANGES: tuple[Change, ...] = (_flip, _put, _put, _write_over, _take_out, _repeat, _cut, _swap)


def changed(content: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four changes."""
    mutant = bytearray(content)
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        if mutant:
            chance.choice(CHANGES)(mutant, chance)
    return bytes(mutant)


def changed_inside(content: bytes, chance: random.Random) -> bytes:
    """The package with one part changed and packed again, so that its reader gets to see it; now and then the whole."""
    if chance.random() < 0.15:
        return changed(content, chance)
    mutant = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(mutant, "w") as target:
        entries = source.infolist()
        spoilt = chance.choice([entry.filename for entry in entries if entry.file_size])
        for entry in entries:
            part = source.read(entry)
            target.writestr(entry.filename, changed(part, chance) if entry.filename == spoilt else part)
    return mutant.getvalue()


def _kept(*suffixes: str) -> list[bytes]:
    paths = (path for path in LISTS if path.suffix in suffixes)
    return [path.read_bytes() for path in paths if "memory" not in path.name and "cut" not in path.name]


def _lists() -> list[bytes]:
    rows = sample.content(sample.LIST).splitlines(keepends=True)
    return [b"".join(rows[:8]), *_kept(".csv", ".tsv", ".txt", ".md")]


SEEDS: Mapping[str, Callable[[], list[bytes]]] = {
    "csv": _lists,
    "ics": lambda: [calendar("DTSTART:20200601T100000Z", "RRULE:FREQ=WEEKLY;COUNT=5"), *_kept(".ics")],
    "json": lambda: [plan(), GOOD_PLAN, *_kept(".json")],
    "xlsx": lambda: _kept(".xlsx"),
    "xls": lambda: _kept(".xls"),
    "ods": lambda: _kept(".ods"),
    "docx": lambda: _kept(".docx"),
}
FORMATS = tuple(SEEDS)
_PACKAGES = frozenset({"xlsx", "ods", "docx"})


def mutants(form: str, count: int, seed: int) -> Iterator[bytes]:
    """So many mutants of a format, the same for the same seed."""
    chance = random.Random(f"{form} {seed}")
    seeds = SEEDS[form]()
    change = changed_inside if form in _PACKAGES else changed
    for _ in range(count):
        yield change(chance.choice(seeds), chance)
