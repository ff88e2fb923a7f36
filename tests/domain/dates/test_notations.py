"""Every notation of the table in docs/dates.md and its neighbours: text to the whole When, or the refusal.

`notations.txt` has one a line: the text, an arrow, and what is read. `\\n` in a text is a line break of its cell.
"""

from datetime import date
from pathlib import Path

import pytest

from planner.domain.dates import Context, Unread, read_when
from planner.domain.window import Mode, When, Window

CITIES = {"душанбе": "Asia/Dushanbe", "dushanbe": "Asia/Dushanbe", "москва": "Europe/Moscow", "moscow": "Europe/Moscow"}
YEAR = Context("Europe/Moscow", date(2020, 1, 1), date(2020, 12, 31), zone_names=tuple(CITIES.items()))
LINES = (Path(__file__).parent / "notations.txt").read_text(encoding="utf-8").splitlines()
NOTATIONS = [tuple(line.split(" => ")) for line in LINES if line and not line.startswith("#")]


def shown(when: When | Unread) -> str:
    """Every field of a When but its words (or why it was refused), on one line."""
    if isinstance(when, Unread):
        return f"refused at {when.position}, {when.part!r}: {when.why}".replace("\n", "\\n")
    said = "; ".join(map(window_shown, when.windows))
    mode = "" if when.mode is Mode.DATED else f"{when.mode.value} "
    former = f" | formerly {when.former!r}: {'; '.join(map(window_shown, when.former_windows))}" if when.former else ""
    return f"{mode}{said}{former}".strip()


def window_shown(window: Window) -> str:
    days = window.first.isoformat() + ("" if window.last == window.first else f"..{window.last.isoformat()}")
    clock = f" at {window.at:%H:%M} {window.zone}" if window.at is not None else ""
    length = f" lasting {window.length}" if window.length is not None else ""
    return f"{window.precision.value} {days}{clock}{length}"


@pytest.mark.parametrize(("text", "expected"), NOTATIONS)
def test_notation_is_read_or_refused_as_listed(text: str, expected: str) -> None:
    written = text.replace("\\n", "\n")

    when = read_when(written, YEAR)

    assert shown(when) == expected
    if isinstance(when, When):
        assert when.words == written.strip()
        assert [window.part for window in when.windows] == list(range(1, len(when.windows) + 1))


def test_notations_stand_in_the_list_once() -> None:
    texts = [text for text, _ in NOTATIONS]

    assert len(texts) > 400
    assert sorted(set(texts)) == sorted(texts)
