"""Each file of tests/feeds is one situation; expected.json says what must be found in it, by line."""

import json
import random
from pathlib import Path

import pytest

from calendars.lint import RULES, Flaw, lint, lint_piece

FOLDER = Path(__file__).parent.parent / "feeds"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
OLDER = (FOLDER / "against" / "older.ics").read_bytes()


def judged(name: str) -> tuple[Flaw, ...]:
    content = (FOLDER / f"{name}.ics").read_bytes()
    return lint(content, OLDER if name.startswith("against/") else None)


@pytest.mark.parametrize("name", EXPECTED)
def test_situation_has_exactly_its_flaws(name: str) -> None:
    assert [[flaw.line, flaw.code, flaw.found, flaw.uid] for flaw in judged(name)] == EXPECTED[name]


def test_every_situation_is_expected_and_every_rule_has_one() -> None:
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.rglob("*.ics")}
    found = {code for flaws in EXPECTED.values() for _, code, _, _ in flaws}

    assert files == EXPECTED.keys()
    assert found == RULES.keys()


@pytest.mark.parametrize("count", [pytest.param(300, id="suite"), pytest.param(20_000, marks=pytest.mark.soak)])
def test_mutated_feeds_are_judged_without_a_traceback(count: int) -> None:
    """P11 for this reader: files cut, garbled, with lines doubled, lost or swapped."""
    chance = random.Random(count)
    sources = [path.read_bytes() for path in sorted(FOLDER.rglob("*.ics"))]
    for _ in range(count):
        content = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content) + 1)
            match chance.randrange(4):
                case 0:
                    content[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 9))
                case 1:
                    del content[at:]
                case 2:
                    content[at:at] = content[at : at + 80]
                case _:
                    content[at:at] = chance.choice(
                        [b";", b":", b'"', b"\\", b"\r\n ", b"\r\nEND:VEVENT\r\n", b"=", b","]
                    )
        lint(bytes(content), OLDER)
        lint_piece(bytes(content))


def test_line_of_a_megabyte_takes_no_longer_than_its_octets_deserve() -> None:
    import time

    lines = [b"DESCRIPTION:" + each * 100_000 for each in (b"\\\\", b";,", b'a="b";', b"\\;")]
    began = time.perf_counter()
    for each in lines:
        lint(b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + each + b"\r\nX;" + b'a="b";' * 20_000 + b"\r\nEND:VEVENT\r\n")

    assert time.perf_counter() - began < 20
