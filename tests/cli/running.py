"""Running a command in this process, as its user would see it."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from planner import sample
from planner.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave: exit status, standard output, standard error."""

    status: int
    out: str
    err: str


class Planner:
    """The command line in a folder of its own, for one person."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Ran:
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as stop:
            main([str(each) for each in arguments])
        said = self._capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        code = stop.value.code
        assert isinstance(code, int)
        return Ran(code, said.out, said.err)

    def file(self, name: str, content: str | bytes) -> str:
        """A file in the folder; its name."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    def load_sample(self, *lists: str) -> None:
        """Loads the sample programme and these lists of it, or copies what doing so gave before."""
        for name in (sample.PROGRAMME, *lists):
            self.file(name, sample.content(name))
        if lists in _loaded and "PLANNER_DATABASE" not in os.environ:
            self.file("planner.db", _loaded[lists])
            return
        assert self("programme", "load", sample.PROGRAMME, "--yes").status == 0
        for name in lists:
            assert self("import", name, "--yes").status == 0
        if "PLANNER_DATABASE" not in os.environ:
            _loaded[lists] = (self.folder / "planner.db").read_bytes()


_loaded: dict[tuple[str, ...], bytes] = {}
