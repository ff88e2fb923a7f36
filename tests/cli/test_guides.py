"""The guides and the quick start: every command is run in its order on the plan of 2020, and none is refused."""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path

import pytest

from planner import sample
from planner.cli import common
from tests.cli.running import Planner, Ran
from tests.test_documentation import ROOT, commands_on

GUIDES = (ROOT / "docs" / "quick-start.md", *sorted((ROOT / "docs" / "guides").glob("*.md")))
WRITES = ("import", "move", "postpone", "cancel", "undo", "waive", "db restore", "settle")
"""What asks a person on a terminal; a script says --yes."""


class InApril(datetime):
    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime(2020, 4, 1, 9, tzinfo=UTC)


@pytest.fixture
def office(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> Planner:
    """What the guides take for granted: the plan, a corrected list, a folder of backups, three addresses, that year."""
    monkeypatch.setattr(common, "datetime", InApril)
    planner.load_sample(sample.LIST)
    corrected = sample.content(sample.LIST).decode("utf-8-sig").replace("MoD RU", "MoD of Russia", 1)
    planner.file("plan-2020.csv", corrected)
    (planner.folder / "backups").mkdir()
    for holder in ("one", "two", "three"):
        assert planner("address", "new", "all.en", "--for", holder).status == 0
    return planner


def run(planner: Planner, line: str) -> Ran:
    """A command of a page; the names of its list and its backup are those there are."""
    backups = sorted(path.name for path in (planner.folder / "backups").glob("*.db"))
    line = re.sub(r"planner-\d{8}T\d{6}Z-r17\.db", backups[-1] if backups else "", line)
    words = shlex.split(line.replace("plan-2020.docx", "plan-2020.csv"))[1:]
    is_writing = " ".join(words).startswith(WRITES) and "--dry-run" not in words
    return planner(*words, *(["--yes"] if is_writing else []))


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_every_command_of_a_guide_does_what_it_says(office: Planner, page: Path) -> None:
    if page.stem == "quick-start":
        assert office("demo", "--today", "2020-04-01").status == 0
    # A server stays until it is stopped; tests/web runs it.
    lines = [line for line in commands_on(page) if not line.startswith("planner serve")]

    ran = {line: run(office, line) for line in lines}

    assert {line: done.err for line, done in ran.items() if done.status not in {0, 1}} == {}
    assert [line for line, done in ran.items() if "Nothing changes" in done.err] == []
