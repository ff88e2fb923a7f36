from pathlib import Path

import pytest

from tests.cli.running import Planner


@pytest.fixture
def planner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Planner:
    """The command line in an empty folder, with no terminal to ask on."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLANNER_USER", "A. Writer")
    monkeypatch.delenv("PLANNER_DATABASE", raising=False)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "PLANNER_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    return Planner(tmp_path, capsys)
