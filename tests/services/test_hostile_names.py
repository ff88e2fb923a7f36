"""Files are written only where they were told to be (P23): names that try to lead elsewhere."""

from pathlib import Path

import pytest

from planner.domain.feed import Feed
from planner.errors import BadInput
from planner.services.putting import put
from tests.builders import PROGRAMME

NAMES = (
    "..", ".", "...", "../x", "..\\x", "../../etc/passwd", "/etc/passwd", "//server/share", "\\\\server\\share", "C:x",
    "C:\\x", "a/b", "a\\b", "a/../b", "a/./b", "./a", "~", "~root", "$HOME", "%TEMP%", "`id`", "$(id)", "a;b", "a|b",
    "a&b", "a>b", "a<b", "a*", "a?", "a\nb", "a\rb", "a\tb", "a\0b", "a b", " a", "a ", "", "file:///etc/passwd",
    "a%2fb", "a\u2215b", "..a", "-rf", ".hidden", "a..b",
)  # fmt: skip


def test_hostile_names_are_as_many_as_promised() -> None:
    assert len(set(NAMES)) >= 40


@pytest.mark.parametrize("name", NAMES)
def test_feed_of_a_hostile_name_is_refused_or_lies_in_its_folder(name: str, tmp_path: Path) -> None:
    folder, beside = tmp_path / "feeds", tmp_path / "other"
    beside.mkdir()
    try:
        feed = Feed(PROGRAMME, name)
    except ValueError as error:
        assert "cannot name a feed" in str(error)
        return

    [written] = put(folder, [(f"{feed.name}.ics", b"BEGIN:VCALENDAR", 0)])

    assert written.path.resolve().parent == folder.resolve()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [written.path]


def test_name_too_long_for_a_file_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="cannot be written"):
        put(tmp_path, [("x" * 300 + ".ics", b"", 0)])
